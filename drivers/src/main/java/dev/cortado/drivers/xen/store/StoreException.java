package dev.cortado.drivers.xen.store;

import java.io.IOException;

/** xenstore refused a request, or could not be asked. */
public class StoreException extends IOException {
    /** There is no such node. */
    public static final String ENOENT = "ENOENT";

    /** The transaction has to be done again. */
    public static final String EAGAIN = "EAGAIN";

    /** There is one already. */
    public static final String EEXIST = "EEXIST";

    /** The answer, or what was asked for, is longer than a message can be. */
    public static final String E2BIG = "E2BIG";

    /** This domain may not. */
    public static final String EACCES = "EACCES";

    /** The connection is lost, or an answer makes no sense. */
    public static final String EIO = "EIO";

    static final String ETIMEDOUT = "ETIMEDOUT";

    private static final long serialVersionUID = 1;

    private final String operation;
    private final String path;
    private final String error;

    StoreException(String operation, String path, String error, String detail) {
        super(
                "xenstore: "
                        + operation
                        + (path.isEmpty() ? "" : " " + path)
                        + ": "
                        + error
                        + (detail == null ? "" : " (" + detail + ")"));
        this.operation = operation;
        this.path = path;
        this.error = error;
    }

    /** The protocol's name of what was asked, such as READ. */
    public String operation() {
        return operation;
    }

    /** The node that it was about; empty if about none. */
    public String path() {
        return path;
    }

    /** The name of the error, such as EACCES, as xenstore tells it. */
    public String error() {
        return error;
    }

    public boolean is(String name) {
        return error.equals(name);
    }
}
