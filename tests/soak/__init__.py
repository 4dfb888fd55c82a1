"""The kill soak (T2): oO in real processes beside local platforms that record what they really delivered.

While people type, tap and take back, a nemesis kills processes and loses answers. Then everything heals, and
the records of the platforms, the ledger of the people and the database are compared.
"""
