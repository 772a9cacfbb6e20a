package dev.cortado.image.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions this build of Cortado consists of. */
public final class Version {
    private static final Properties VERSIONS = load();

    private Version() {}

    /** Cortado's own version. */
    public static String cortado() {
        return VERSIONS.getProperty("cortado");
    }

    /** The version of GraalVM's compiler. */
    public static String graalvm() {
        return VERSIONS.getProperty("graalvm");
    }

    private static Properties load() {
        Properties versions = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }
}
