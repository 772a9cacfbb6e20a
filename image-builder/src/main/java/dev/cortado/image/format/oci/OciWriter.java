package dev.cortado.image.format.oci;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.json.JsonDescriptor;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes an image with one file in it as a layout: an archive if its name ends in .tar, and a
 * directory otherwise. It has no date.
 */
public final class OciWriter {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIGURATION = "application/vnd.oci.image.config.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private OciWriter() {}

    /**
     * @param name of the file in the image: {@code disk/app.img}
     * @throws UserError if the file cannot be read, or the image not be written
     */
    public static void write(String name, ByteSource contents, Path output) {
        try {
            Path temporary = Files.createTempFile("cortado-", ".layer");
            try {
                write(OciLayer.write(name, contents, temporary), output);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UserError("cannot write %s (%s)".formatted(output, e), e);
        }
    }

    private static void write(OciLayer layer, Path output) throws IOException {
        if (output.toString().endsWith(".tar")) {
            AtomicFile.write(
                    output,
                    channel -> add(layer, new OciSink.Archive(Channels.newOutputStream(channel))));
        } else {
            add(layer, OciSink.Directory.create(output));
        }
    }

    private static void add(OciLayer layer, OciSink sink) throws IOException {
        byte[] configuration =
                JsonDescriptor.compact(
                        members(
                                "architecture",
                                "amd64",
                                "os",
                                "linux",
                                "config",
                                Map.of(),
                                "rootfs",
                                members("type", "layers", "diff_ids", List.of(layer.contentId()))));
        byte[] manifest =
                JsonDescriptor.compact(
                        members(
                                "schemaVersion",
                                2,
                                "mediaType",
                                MANIFEST,
                                "config",
                                descriptor(CONFIGURATION, configuration),
                                "layers",
                                List.of(descriptor(layer))));
        Map<String, Object> tagged = descriptor(MANIFEST, manifest);
        tagged.put("annotations", Map.of("org.opencontainers.image.ref.name", "latest"));
        byte[] index =
                JsonDescriptor.compact(
                        members(
                                "schemaVersion",
                                2,
                                "mediaType",
                                INDEX,
                                "manifests",
                                List.of(tagged)));
        sink.add(
                OciLayout.LAYOUT_FILE,
                JsonDescriptor.compact(members("imageLayoutVersion", "1.0.0")));
        sink.add(OciLayout.INDEX_FILE, index);
        sink.add(OciLayout.blob(OciLayer.digest(manifest)), manifest);
        sink.add(OciLayout.blob(OciLayer.digest(configuration)), configuration);
        try (ByteSource file = FileSource.open(layer.file())) {
            sink.add(OciLayout.blob(layer.digest()), file);
        }
        sink.finish();
    }

    private static Map<String, Object> descriptor(OciLayer layer) throws IOException {
        return members(
                "mediaType", OciLayer.MEDIA_TYPE,
                "digest", layer.digest(),
                "size", Files.size(layer.file()));
    }

    private static Map<String, Object> descriptor(String mediaType, byte[] contents) {
        return members(
                "mediaType",
                mediaType,
                "digest",
                OciLayer.digest(contents),
                "size",
                contents.length);
    }

    /**
     * @param namesAndValues in turn, in the order that they are written in
     */
    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }
}
