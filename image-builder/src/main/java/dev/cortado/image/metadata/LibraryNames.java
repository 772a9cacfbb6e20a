package dev.cortado.image.metadata;

import dev.cortado.image.classpath.ClassPathEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells which libraries a jar holds. */
final class LibraryNames {
    /** What Maven puts into a jar; one that was made of several may have several. */
    private static final Pattern POM_PROPERTIES =
            Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");

    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

    private LibraryNames() {}

    /**
     * The libraries in a jar: those that it names, or else the one of these modules that its file
     * is called after, if it is only one.
     */
    static List<Library> in(ClassPathEntry entry, Collection<String> modules) throws IOException {
        List<Library> libraries = new ArrayList<>();
        for (String name : entry.names()) {
            Matcher matcher = POM_PROPERTIES.matcher(name);
            if (matcher.matches()) {
                String version = version(entry.read(name));
                if (version != null) {
                    libraries.add(new Library(matcher.group(1), matcher.group(2), version));
                }
            }
        }
        return libraries.isEmpty() ? byFile(entry, modules) : libraries;
    }

    /** Null if it has none that can be read: then it is not Maven's. */
    private static String version(byte[] file) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(file));
        } catch (IllegalArgumentException e) {
            return null;
        }
        return properties.getProperty("version");
    }

    private static List<Library> byFile(ClassPathEntry entry, Collection<String> modules) {
        Matcher file = FILE.matcher(entry.path().getFileName().toString());
        if (!file.matches()) {
            return List.of();
        }
        List<String> called =
                modules.stream().filter(module -> module.endsWith(":" + file.group(1))).toList();
        if (called.size() != 1) {
            return List.of();
        }
        String group = called.getFirst().substring(0, called.getFirst().indexOf(':'));
        return List.of(new Library(group, file.group(1), file.group(2)));
    }
}
