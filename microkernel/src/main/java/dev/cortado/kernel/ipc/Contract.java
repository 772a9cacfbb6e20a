package dev.cortado.kernel.ipc;

/** What becomes of calls when the service behind an endpoint dies. */
public enum Contract {
    /**
     * They end with a {@link ServiceException}, and so do calls until the service has been started
     * again: the caller knows best what to do.
     */
    FAIL,

    /**
     * They wait for the service to be started again, which receives them then, the ones that it had
     * received before its death once more: for calls that may be done twice.
     */
    RETRY
}
