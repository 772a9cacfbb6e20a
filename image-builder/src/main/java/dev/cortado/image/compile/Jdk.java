package dev.cortado.image.compile;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * An installed JDK.
 *
 * @param home its directory
 * @param version its full version, such as {@code 25.0.3+9-LTS}
 * @param vendor who built it, such as {@code Eclipse Adoptium}
 */
public record Jdk(Path home, String version, String vendor) {
    /** The release that the compiler's jars are made for. */
    public static final int FEATURE_RELEASE = 25;

    private static final String WHAT_TO_DO =
            "install JDK %d (for example from https://adoptium.net) or name one with --jdk"
                    .formatted(FEATURE_RELEASE);

    /** The JDK at {@code home}, whatever its release, if there is one. */
    public static Optional<Jdk> at(Path home) {
        if (!Files.isRegularFile(executable(home, "java"))) {
            return Optional.empty();
        }
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        String version = value(release, "JAVA_RUNTIME_VERSION", value(release, "JAVA_VERSION", ""));
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(new Jdk(home, version, value(release, "IMPLEMENTOR", "unknown")));
    }

    /**
     * The JDK that the user has named.
     *
     * @throws UserError if it is not a JDK of the right release
     */
    public static Jdk named(Path home) {
        Jdk jdk =
                at(home.toAbsolutePath().normalize())
                        .orElseThrow(() -> new UserError("no JDK at " + home + ": " + WHAT_TO_DO));
        jdk.whyUnfit()
                .ifPresent(why -> {
                    throw new UserError("the JDK at %s %s: %s".formatted(home, why, WHAT_TO_DO));
                });
        return jdk;
    }

    /**
     * A JDK of the right release: the running one, that of JAVA_HOME, of PATH, or one in a usual
     * place.
     *
     * @throws UserError if there is none
     */
    public static Jdk find() {
        return JdkSearch.candidates().stream()
                .map(Jdk::at)
                .flatMap(Optional::stream)
                .filter(jdk -> jdk.whyUnfit().isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        new UserError(
                                "no JDK %d found: %s".formatted(FEATURE_RELEASE, WHAT_TO_DO)));
    }

    /** Its {@code java} command. */
    public Path java() {
        return executable(home, "java");
    }

    private Optional<String> whyUnfit() {
        if (!version.matches(FEATURE_RELEASE + "([.+-].*)?")) {
            return Optional.of("is release " + version);
        }
        if (!Files.isRegularFile(home.resolve("lib/modules"))) {
            return Optional.of("is not complete (no lib/modules)");
        }
        if (!Files.isRegularFile(executable(home, "javac"))) {
            return Optional.of("is a JRE");
        }
        return Optional.empty();
    }

    private static String value(Properties release, String key, String otherwise) {
        return release.getProperty(key, otherwise).replace("\"", "").trim();
    }

    private static Path executable(Path home, String name) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve("bin").resolve(windows ? name + ".exe" : name);
    }
}
