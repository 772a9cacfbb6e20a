package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import dev.cortado.image.image.AtomicFile;
import dev.cortado.image.network.PortForward;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A guest's record as a file: a JSON object. */
final class RecordFile {
    /** More than any record has; keeps a wrong file from filling the memory. */
    private static final int LARGEST = 1 << 20;

    private static final int FORMAT = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    /** The object; {@code process} is null as long as there is none. */
    private record Document(
            int format,
            String image,
            String console,
            String started,
            ProcessIdentity starter,
            ProcessIdentity process,
            List<String> forwards) {
        Document {
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(console, "console");
            Objects.requireNonNull(started, "started");
            Objects.requireNonNull(starter, "starter");
            forwards = List.copyOf(forwards);
        }
    }

    private RecordFile() {}

    static void write(Path file, GuestRecord guest) {
        Document document =
                new Document(
                        FORMAT,
                        guest.image().toString(),
                        guest.console().toString(),
                        guest.started().toString(),
                        guest.starter(),
                        guest.process().orElse(null),
                        guest.forwards().stream().map(PortForward::word).toList());
        AtomicFile.write(file, ByteBuffer.wrap(MAPPER.writeValueAsBytes(document)));
    }

    /**
     * Reads a record.
     *
     * @throws IOException if it cannot be read, or is damaged
     */
    static GuestRecord read(Path file, GuestName name) throws IOException {
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(LARGEST);
        }
        try {
            Document document = MAPPER.readValue(bytes, Document.class);
            if (document == null || document.format() != FORMAT) {
                throw new IOException("it is of another version of Cortado's");
            }
            return of(document, name);
        } catch (JacksonException | UserError | DateTimeException | InvalidPathException e) {
            throw new IOException("it is damaged", e);
        }
    }

    private static GuestRecord of(Document document, GuestName name) {
        return new GuestRecord(
                name,
                Path.of(document.image()),
                Path.of(document.console()),
                Instant.parse(document.started()),
                document.starter(),
                Optional.ofNullable(document.process()),
                document.forwards().stream().map(PortForward::parse).toList());
    }
}
