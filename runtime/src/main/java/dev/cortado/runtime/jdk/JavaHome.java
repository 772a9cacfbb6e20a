package dev.cortado.runtime.jdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files below {@code java.home} that the JDK's classes read when a program runs: in an image they
 * are as the JDK had them that it was built with. What the JDK reads when its classes are
 * initialized, it has read while the image was built; what it can do without, it finds missing.
 */
final class JavaHome {
    /** Only in images that reach it. */
    static final class Logging {
        private static final byte[] BYTES = read("conf/logging.properties");

        private Logging() {}

        /** The usual configuration of {@code java.util.logging}. */
        static InputStream open() {
            return new ByteArrayInputStream(BYTES);
        }
    }

    /** Only in images that reach it. */
    static final class PublicSuffixes {
        private static final byte[] BYTES = read("lib/security/public_suffix_list.dat");

        private PublicSuffixes() {}

        /** Domains that nobody owns, under which others are registered. */
        static InputStream open() {
            return new ByteArrayInputStream(BYTES);
        }
    }

    private JavaHome() {}

    /** While the image is built. */
    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(System.getProperty("java.home"), file));
        } catch (IOException e) {
            throw new UncheckedIOException("this JDK is not complete", e);
        }
    }
}
