package dev.cortado.kernel.substrate;

/** Words that the adapters between kernel and Java runtime share. */
final class Substrate {
    static final String REASON = "Called from uninterruptible code.";

    private Substrate() {}
}
