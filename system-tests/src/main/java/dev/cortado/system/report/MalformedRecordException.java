package dev.cortado.system.report;

/** A line that begins like a record and is none: cut short, or with something in its middle. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedRecordException(String message) {
        super(message);
    }
}
