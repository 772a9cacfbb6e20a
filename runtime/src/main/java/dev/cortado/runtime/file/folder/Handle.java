package dev.cortado.runtime.file.folder;

/**
 * A number by which a server knows a file that it was asked for. It means nothing in another
 * session, and is given back once.
 */
public record Handle(Session session, long number) {
    boolean isAlive() {
        return session.isAlive();
    }

    /** Each is one of its own. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
