package dev.cortado.runtime.jdk;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Files below {@code java.home} that the JDK's classes or programs read when a program runs: in an
 * image they are as the JDK had them that it was built with. What the JDK reads when its classes
 * are initialized, it has read while the image was built; what it can do without, it finds missing.
 */
final class JavaHome {
    /** Where the guest has it: see {@code GuestProperties}. */
    static final String PLACE = "/java";

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

    /**
     * What programs look for, of what comes with a JDK, where this one has it; nothing that its
     * owner may have put there, such as passwords.
     */
    @Platforms(Platform.HOSTED_ONLY.class)
    private static final List<String> LOOKED_FOR =
            List.of(
                    "conf/logging.properties",
                    "conf/net.properties",
                    "conf/security/java.security",
                    "conf/security/policy",
                    "lib/security/blocked.certs",
                    "lib/security/cacerts",
                    "lib/security/default.policy",
                    "lib/security/public_suffix_list.dat",
                    "lib/tzdb.dat",
                    "release");

    /** What was read: one array for each file, whoever has it in the image. */
    @Platforms(Platform.HOSTED_ONLY.class)
    private static final Map<String, byte[]> READ = new HashMap<>();

    private JavaHome() {}

    /** Names of the files that a program may look for, in order, with slashes. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static List<String> files() {
        Path home = home();
        List<String> files = new ArrayList<>();
        for (String each : LOOKED_FOR) {
            if (Files.notExists(home.resolve(each))) {
                continue;
            }
            try (Stream<Path> found =
                    Files.walk(home.resolve(each), FileVisitOption.FOLLOW_LINKS)) {
                found.filter(Files::isRegularFile)
                        .map(file -> home.relativize(file).toString())
                        .map(name -> name.replace(File.separatorChar, '/'))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw incomplete(e);
            }
        }
        return files;
    }

    /** While the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static synchronized byte[] read(String file) {
        return READ.computeIfAbsent(file, JavaHome::readNow);
    }

    @Platforms(Platform.HOSTED_ONLY.class)
    private static byte[] readNow(String file) {
        try {
            return Files.readAllBytes(home().resolve(file));
        } catch (IOException e) {
            throw incomplete(e);
        }
    }

    @Platforms(Platform.HOSTED_ONLY.class)
    private static UncheckedIOException incomplete(IOException e) {
        return new UncheckedIOException("a file of the JDK cannot be read: " + e.getMessage(), e);
    }

    @Platforms(Platform.HOSTED_ONLY.class)
    private static Path home() {
        return Path.of(System.getProperty("java.home"));
    }
}
