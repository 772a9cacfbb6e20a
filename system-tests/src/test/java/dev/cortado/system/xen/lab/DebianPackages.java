package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Fetches packages of the Debian that this machine runs, and unpacks them without installing. */
final class DebianPackages {
    private final Path archives;

    DebianPackages(Path archives) throws IOException {
        this.archives = Files.createDirectories(archives);
    }

    /** The one package with this beginning that another depends on, as meta packages do. */
    static String dependency(String metaPackage, String beginning) {
        return dependencies(List.of("depends", metaPackage)).stream()
                .filter(name -> name.startsWith(beginning))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "apt knows no " + metaPackage + ": apt-get update may be due"));
    }

    /** A package, the libraries that it needs, and those that they need. */
    static Set<String> withLibraries(String name) {
        Set<String> all = new TreeSet<>(Set.of(name));
        List<String> added = List.of(name);
        while (!added.isEmpty()) {
            List<String> query = new ArrayList<>(List.of("depends", "--no-recommends"));
            query.addAll(List.of("--no-suggests", "--important"));
            query.addAll(added);
            added = dependencies(query).stream().filter(DebianPackages::isLibrary).toList();
            added = added.stream().filter(all::add).toList();
        }
        return all;
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("lib") || name.startsWith("zlib");
    }

    /** Unpacks packages into a directory of their own. */
    void unpack(Collection<String> names, Path root) throws IOException {
        Files.createDirectories(root);
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            if (archive(name) == null) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            // As root, apt would rather download as another user, who may not write here.
            String user = "APT::Sandbox::User=" + System.getProperty("user.name");
            List<String> words = new ArrayList<>(List.of("apt-get", "-qq", "-o", user, "download"));
            words.addAll(missing);
            Command.output(archives, words);
        }
        for (String name : names) {
            Path done = root.resolve("unpacked-" + name);
            if (!Files.exists(done)) {
                Path archive = archive(name);
                Command.output(archives, "dpkg-deb", "-x", archive.toString(), root.toString());
                Files.createFile(done);
            }
        }
    }

    private Path archive(String name) throws IOException {
        try (Stream<Path> files = Files.list(archives)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "_"))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static List<String> dependencies(List<String> query) {
        List<String> words = new ArrayList<>(List.of("apt-cache"));
        words.addAll(query);
        return Command.output(Path.of("."), words)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Depends: "))
                .map(line -> line.substring("Depends: ".length()))
                // A virtual package that several provide.
                .filter(name -> !name.startsWith("<"))
                .toList();
    }
}
