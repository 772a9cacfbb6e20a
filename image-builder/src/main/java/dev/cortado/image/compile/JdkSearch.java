package dev.cortado.image.compile;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where JDKs are to be found, the likeliest first. */
final class JdkSearch {
    /** Directories below the user's home in which installers and version managers keep JDKs. */
    private static final List<String> IN_HOME =
            List.of(
                    ".sdkman/candidates/java",
                    ".jdks",
                    ".asdf/installs/java",
                    ".local/share/mise/installs/java");

    private static final List<String> SYSTEM_WIDE =
            List.of(
                    "/usr/lib/jvm",
                    "/usr/java",
                    "/opt/java",
                    "/opt",
                    "/Library/Java/JavaVirtualMachines",
                    "C:\\Program Files\\Java",
                    "C:\\Program Files\\Eclipse Adoptium");

    private JdkSearch() {}

    static Set<Path> candidates() {
        return candidates(
                System.getenv(), Path.of(System.getProperty("java.home")), installDirectories());
    }

    static Set<Path> candidates(Map<String, String> environment, Path running, List<Path> places) {
        Set<Path> homes = new LinkedHashSet<>();
        homes.add(running);
        addPath(homes, environment.getOrDefault("JAVA_HOME", ""));
        for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            addCommandIn(homes, entry);
        }
        for (Path place : places) {
            addChildren(homes, place);
        }
        return homes;
    }

    private static List<Path> installDirectories() {
        List<Path> directories = new ArrayList<>();
        Path home = Path.of(System.getProperty("user.home"));
        IN_HOME.forEach(name -> directories.add(home.resolve(name)));
        for (String name : SYSTEM_WIDE) {
            try {
                directories.add(Path.of(name));
            } catch (InvalidPathException e) {
                // Another operating system's directory.
                continue;
            }
        }
        return directories;
    }

    private static void addPath(Set<Path> homes, String home) {
        try {
            if (!home.isBlank()) {
                homes.add(Path.of(home));
            }
        } catch (InvalidPathException e) {
            // Not a JDK, then.
            return;
        }
    }

    private static void addCommandIn(Set<Path> homes, String directory) {
        try {
            Path java = Path.of(directory, "java");
            if (!directory.isBlank() && Files.isExecutable(java)) {
                Path bin = java.toRealPath().getParent();
                if (bin != null && bin.getParent() != null) {
                    homes.add(bin.getParent());
                }
            }
        } catch (IOException | InvalidPathException e) {
            // Not a JDK, then.
            return;
        }
    }

    private static void addChildren(Set<Path> homes, Path place) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(place, Files::isDirectory)) {
            for (Path child : children) {
                Path mac = child.resolve("Contents/Home");
                found.add(Files.isDirectory(mac) ? mac : child);
            }
        } catch (IOException e) {
            // Not there, or not for us to read.
            return;
        }
        // The order of a directory is that of its file system: sort, so that the choice is stable.
        found.sort(null);
        homes.addAll(found);
    }
}
