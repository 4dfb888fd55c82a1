"""The promises of ``core.store``, kept by the real store on a file and by the fake."""
