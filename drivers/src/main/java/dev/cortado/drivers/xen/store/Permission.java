package dev.cortado.drivers.xen.store;

/**
 * What a domain may do with a node. The first permission of a node's list is different: its domain
 * owns the node and may do all, its access is what domains may that the list does not name.
 */
public record Permission(int domain, Access access) {
    /** With the letters of docs/misc/xenstore.txt. */
    public enum Access {
        NONE('n'),
        READ('r'),
        WRITE('w'),
        BOTH('b');

        private final char letter;

        Access(char letter) {
            this.letter = letter;
        }

        private static Access of(byte letter) {
            for (Access access : values()) {
                if (access.letter == letter) {
                    return access;
                }
            }
            return null;
        }
    }

    String encode() {
        return access.letter + Integer.toString(domain);
    }

    /** Null if there is no such permission. */
    static Permission decode(byte[] text) {
        Access access = text.length > 1 && text.length < 7 ? Access.of(text[0]) : null;
        int domain = 0;
        for (int i = 1; i < text.length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return null;
            }
            domain = 10 * domain + text[i] - '0';
        }
        return access == null ? null : new Permission(domain, access);
    }
}
