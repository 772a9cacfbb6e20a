package dev.cortado.drivers.xen.store;

/** No reply has come in time; what was asked may or may not have been done. */
public final class StoreTimeoutException extends StoreException {
    private static final long serialVersionUID = 1;

    StoreTimeoutException(String operation, String path, String detail) {
        super(operation, path, ETIMEDOUT, detail);
    }
}
