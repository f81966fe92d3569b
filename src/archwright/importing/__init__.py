"""Schemas of elsewhere as a Blueprint: PostgreSQL, Prisma, DBML, JDL; what has no place is said."""
