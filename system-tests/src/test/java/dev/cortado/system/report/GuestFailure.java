package dev.cortado.system.report;

/** A throwable of a guest, with the guest's class name, message and stack trace. */
public final class GuestFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String text;

    public GuestFailure(Failure failure) {
        super(text(failure));
        text = text(failure);
        setStackTrace(
                failure.frames().stream()
                        .map(GuestFailure::element)
                        .toArray(StackTraceElement[]::new));
        failure.cause().ifPresent(cause -> initCause(new GuestFailure(cause)));
        failure.suppressed().forEach(other -> addSuppressed(new GuestFailure(other)));
    }

    private static String text(Failure failure) {
        return failure.className() + failure.message().map(message -> ": " + message).orElse("");
    }

    private static StackTraceElement element(Failure.Frame frame) {
        return new StackTraceElement(
                frame.className(), frame.method(), frame.file().orElse(null), frame.line());
    }

    /** As the guest's own throwable would show itself. */
    @Override
    public String toString() {
        return text;
    }
}
