-- One clip to look at
select 1;
