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
            List<String> forwards) {}

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
            return of(MAPPER.readValue(bytes, Document.class), name);
        } catch (JacksonException
                | UserError
                | DateTimeException
                | InvalidPathException
                | NullPointerException e) {
            throw new IOException("it is damaged", e);
        }
    }

    private static GuestRecord of(Document document, GuestName name) throws IOException {
        if (document.format() != FORMAT) {
            throw new IOException("another version of Cortado has written it");
        }
        return new GuestRecord(
                name,
                Path.of(document.image()),
                Path.of(document.console()),
                Instant.parse(document.started()),
                checked(document.starter()),
                Optional.ofNullable(document.process()).map(RecordFile::checked),
                document.forwards().stream().map(PortForward::parse).toList());
    }

    private static ProcessIdentity checked(ProcessIdentity process) {
        if (process.pid() <= 0 || process.start() == null) {
            throw new DateTimeException("no process");
        }
        return process;
    }
}
