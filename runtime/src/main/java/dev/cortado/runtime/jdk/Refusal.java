package dev.cortado.runtime.jdk;

import java.io.IOException;
import java.net.SocketException;

/** The exceptions with which native methods end that cannot work in a guest. */
final class Refusal {
    private Refusal() {}

    static Throwable unsupported(String message) {
        return new UnsupportedOperationException(message);
    }

    static Throwable inputOutput(String message) {
        return new IOException(message);
    }

    static Throwable socket(String message) {
        return new SocketException(message);
    }

    /** Which of these the callers of a method expect that declares these exceptions. */
    static String kindFor(Iterable<String> declared) {
        String kind = "unsupported";
        for (String each : declared) {
            if (each.equals(SocketException.class.getName())) {
                return "socket";
            } else if (each.equals(IOException.class.getName())) {
                kind = "inputOutput";
            }
        }
        return kind;
    }
}
