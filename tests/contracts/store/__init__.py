"""The contracts of ``core.store``, checked for the real store on a file and for the fake."""
