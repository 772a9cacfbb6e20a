package dev.cortado.runtime.file.iso9660;

import java.nio.ByteBuffer;

/** What a field of a system use area is (IEEE P1281, SUSP 5; IEEE P1282, RRIP 4.1). */
enum Signature {
    CONTINUATION("CE"),
    SHARING("SP"),
    TERMINATOR("ST"),
    POSIX_ATTRIBUTES("PX"),
    SYMBOLIC_LINK("SL"),
    NAME("NM"),
    CHILD("CL"),
    RELOCATED("RE"),
    TIMES("TF"),
    SPARSE("SF"),
    COMPRESSED("ZF"),
    OTHER("\0\0");

    private final char first;
    private final char second;

    Signature(String text) {
        first = text.charAt(0);
        second = text.charAt(1);
    }

    static Signature of(ByteBuffer field) {
        for (Signature signature : values()) {
            if (signature.first == field.get(0) && signature.second == field.get(1)) {
                return signature;
            }
        }
        return OTHER;
    }
}
