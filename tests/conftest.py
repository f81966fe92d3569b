"""Makes the folder of this file importable, for the builders that several kinds of tests share."""
