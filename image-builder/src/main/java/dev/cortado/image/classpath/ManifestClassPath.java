package dev.cortado.image.classpath;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The {@code Class-Path} of a jar's manifest: URLs with white space between them, relative to the
 * jar (JAR specification, "Class-Path Attribute").
 */
final class ManifestClassPath {
    private static final Pattern CLASS_PATH =
            Pattern.compile("class-path:", Pattern.CASE_INSENSITIVE);

    private ManifestClassPath() {}

    /**
     * A file that a manifest names.
     *
     * @param name what to call it when people are told of it
     * @param isDirectory whether it ends with a slash
     */
    record Reference(Path path, String name, boolean isDirectory) {}

    /**
     * What the jar refers to, in its order.
     *
     * @param jar where it is
     * @param passedOver is told what cannot be a file
     * @throws IOException if the jar cannot be read
     */
    static List<Reference> of(ZipFile zip, Path jar, Consumer<String> passedOver)
            throws IOException {
        byte[] manifest = manifest(zip);
        // Without the word, nobody minds whether the manifest is well-formed.
        if (!CLASS_PATH.matcher(new String(manifest, StandardCharsets.ISO_8859_1)).find()) {
            return List.of();
        }
        String value = attributes(zip).getValue(Attributes.Name.CLASS_PATH);
        if (value == null) {
            return List.of();
        }
        URL base = jar.toUri().toURL();
        List<Reference> references = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(value);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            Optional<Reference> reference = resolve(base, word);
            if (reference.isPresent()) {
                references.add(reference.get());
            } else {
                passedOver.accept(
                        "%s in the Class-Path of %s: this is not the URL of a file"
                                .formatted(word, jar));
            }
        }
        return references;
    }

    /** The main attributes of a jar's manifest; empty if there is none. */
    static Attributes attributes(ZipFile zip) throws IOException {
        return new Manifest(new ByteArrayInputStream(manifest(zip))).getMainAttributes();
    }

    private static byte[] manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            return new byte[0];
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /**
     * As {@code java} does it, which takes URLs that are none by the letter, such as "a[1].jar".
     */
    @SuppressWarnings("deprecation")
    private static Optional<Reference> resolve(URL base, String word) {
        try {
            URL url = new URL(base, word);
            if (!"file".equalsIgnoreCase(url.getProtocol()) || !url.getHost().isEmpty()) {
                return Optional.empty();
            }
            String text = decode(url.getFile());
            return Optional.of(new Reference(Path.of(text), text, text.endsWith("/")));
        } catch (MalformedURLException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In a URL's path a plus sign stands for itself. */
    private static String decode(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
