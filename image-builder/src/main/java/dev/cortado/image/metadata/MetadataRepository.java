package dev.cortado.image.metadata;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * GraalVM's reachability metadata for libraries that bring none along: what they use by reflection,
 * as resources, and so on. It is a zip file with a directory for each module, {@code
 * group/artifact}, with an index of releases, whose files are in a directory for each (repository
 * oracle/graalvm-reachability-metadata, schemas/metadata-library-index-schema-v2.0.0.json).
 */
final class MetadataRepository implements Closeable {
    private static final Pattern INDEX = Pattern.compile("([^/]+)/([^/]+)/index\\.json");
    private static final JsonMapper JSON = new JsonMapper();

    private final ZipFile zip;
    private final Set<String> modules = new TreeSet<>();

    /**
     * What there is for a release.
     *
     * @param files their contents by their names
     * @param overrides whether they are there in place of what the library brings along
     */
    record Metadata(Map<String, byte[]> files, boolean overrides) {}

    MetadataRepository(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
        zip.stream()
                .map(entry -> INDEX.matcher(entry.getName()))
                .filter(Matcher::matches)
                .forEach(index -> modules.add(index.group(1) + ":" + index.group(2)));
    }

    /** The modules, "group:artifact", of which something is known. */
    Set<String> modules() {
        return modules;
    }

    /** What there is for a release of a library and for those that it needs for that. */
    List<Metadata> find(Library library) throws IOException {
        List<Metadata> found = new ArrayList<>();
        find(library.module(), Optional.of(library.version()), new HashSet<>(), found);
        return found;
    }

    private void find(
            String module, Optional<String> version, Set<String> seen, List<Metadata> found)
            throws IOException {
        if (!modules.contains(module) || !seen.add(module)) {
            return;
        }
        String directory = module.replace(':', '/') + "/";
        JsonNode release = release(json(directory + "index.json"), version);
        if (release == null) {
            return;
        }
        String own = directory + release.path("metadata-version").asString("") + "/";
        found.add(new Metadata(files(own), release.path("override").asBoolean(false)));
        for (JsonNode other : release.path("requires")) {
            find(other.asString(""), Optional.empty(), seen, found);
        }
    }

    /**
     * The release that was tested, or else the one that is meant for others: but not in place of
     * what a release that nobody has tried says of itself. Null if there is none.
     */
    private static JsonNode release(JsonNode index, Optional<String> version) {
        JsonNode other = null;
        for (JsonNode release : index) {
            if (version.isPresent() && isTested(release, version.get())) {
                return release;
            }
            String range = release.path("default-for").asString("");
            boolean isInRange =
                    version.isPresent() && !range.isEmpty() && version.get().matches(range);
            if (isInRange || other == null && release.path("latest").asBoolean(false)) {
                other = release;
            }
        }
        return other == null || other.path("override").asBoolean(false) ? null : other;
    }

    private static boolean isTested(JsonNode release, String version) {
        for (JsonNode tested : release.path("tested-versions")) {
            if (tested.asString("").equals(version)) {
                return true;
            }
        }
        return false;
    }

    /** The files in a directory, not those below it. */
    private Map<String, byte[]> files(String directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            String file = name.substring(name.lastIndexOf('/') + 1);
            if (!file.isEmpty() && name.equals(directory + file)) {
                files.put(file, read(entry));
            }
        }
        return files;
    }

    private byte[] read(ZipEntry entry) throws IOException {
        try (var contents = zip.getInputStream(entry)) {
            return contents.readAllBytes();
        }
    }

    private JsonNode json(String name) throws IOException {
        try {
            return JSON.readTree(read(zip.getEntry(name)));
        } catch (JacksonException e) {
            throw new IOException(zip.getName() + ": " + name + " is malformed", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
