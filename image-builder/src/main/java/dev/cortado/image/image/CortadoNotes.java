package dev.cortado.image.image;

/** Cortado's own notes in an image. */
final class CortadoNotes {
    static final String OWNER = "Cortado";

    /** A {@link Manifest} as JSON. */
    static final int MANIFEST = 1;

    /** See {@link ImageChecksums}. */
    static final int CHECKSUMS = 2;

    private CortadoNotes() {}
}
