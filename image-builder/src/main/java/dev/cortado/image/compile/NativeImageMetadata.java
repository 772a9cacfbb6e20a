package dev.cortado.image.compile;

import dev.cortado.image.UserError;
import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.classpath.ClassPathEntry;
import dev.cortado.image.progress.ProgressListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What jars say about themselves in {@code META-INF/native-image}: options in {@code
 * native-image.properties}, and files that list what is used by reflection, as a resource, and so
 * on. The format is that of GraalVM's reference manual, "Native Image Build Configuration".
 */
public final class NativeImageMetadata {
    private static final String ROOT = "META-INF/native-image/";
    private static final String PROPERTIES = "native-image.properties";

    /** The builder's option for each kind of file. */
    private static final Map<String, String> FILES =
            Map.of(
                    "reachability-metadata.json", "ReachabilityMetadataResources",
                    "reflect-config.json", "ReflectionConfigurationResources",
                    "resource-config.json", "ResourceConfigurationResources",
                    "proxy-config.json", "DynamicProxyConfigurationResources",
                    "serialization-config.json", "SerializationConfigurationResources",
                    "jni-config.json", "JNIConfigurationResources",
                    "predefined-classes-config.json", "PredefinedClassesConfigurationResources");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private final OptionTable table;
    private final Path directory;
    private final ProgressListener listener;

    /**
     * @param directory what relative names of files in options are relative to
     */
    public NativeImageMetadata(OptionTable table, Path directory, ProgressListener listener) {
        this.table = table;
        this.directory = directory;
        this.listener = listener;
    }

    /**
     * The arguments that the class path's entries ask for, in the order of the class path. An
     * option that comes to nothing is told to the listener and left out.
     *
     * @throws UserError if a {@code native-image.properties} is malformed
     * @throws IOException if an entry cannot be read
     */
    public BuilderArguments read(List<ClassPathElement> classPath) throws IOException {
        BuilderArguments arguments = new BuilderArguments(List.of(), List.of());
        for (ClassPathElement element : classPath) {
            try (ClassPathEntry entry = ClassPathEntry.open(element)) {
                arguments = arguments.and(read(entry));
            }
        }
        return arguments;
    }

    private BuilderArguments read(ClassPathEntry entry) throws IOException {
        BuilderArguments arguments = new BuilderArguments(List.of(), List.of());
        List<String> resources = new ArrayList<>();
        for (String name : entry.names()) {
            if (name.startsWith(ROOT)) {
                String file = name.substring(name.lastIndexOf('/') + 1);
                if (file.equals(PROPERTIES)) {
                    arguments = arguments.and(options(entry, name));
                } else if (FILES.containsKey(file)) {
                    resources.add("-H:" + FILES.get(file) + "=" + name);
                }
            }
        }
        return arguments.and(new BuilderArguments(List.of(), resources));
    }

    private BuilderArguments options(ClassPathEntry entry, String name) throws IOException {
        Properties properties = new Properties();
        try {
            byte[] contents = entry.read(name);
            properties.load(
                    new InputStreamReader(
                            new ByteArrayInputStream(contents), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "%s: %s is malformed (%s): mend the file or leave the entry out"
                            .formatted(entry.name(), name, e.getMessage()),
                    e);
        }
        String own = name.substring(0, name.lastIndexOf('/'));
        BuilderArguments arguments =
                NativeImageOptions.translate(
                        words(properties.getProperty("Args", ""), own),
                        table,
                        directory,
                        (option, reason) ->
                                listener.warn(
                                        "%s: option %s of %s has no effect: %s"
                                                .formatted(entry.name(), option, name, reason)));
        List<String> jvm = words(properties.getProperty("JavaArgs", ""), own);
        return arguments.and(new BuilderArguments(jvm, List.of()));
    }

    /** Splits at white space outside quotes; {@code ${.}} stands for the file's directory. */
    private static List<String> words(String text, String directory) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text.replace("${.}", directory));
        while (word.find()) {
            words.add(word.group().replaceAll("[\"']", ""));
        }
        return words;
    }
}
