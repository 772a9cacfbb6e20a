package dev.cortado.runtime.file.ninep;

/**
 * A number by which a server knows a file that it was asked for. It means nothing in another
 * session.
 */
record Fid(Session session, int number) {
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
        return number;
    }
}
