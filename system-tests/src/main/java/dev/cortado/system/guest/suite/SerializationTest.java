package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.WriteAbortedException;
import org.junit.jupiter.api.Test;

/** Streams of objects, of which the JDK itself writes some. */
final class SerializationTest {
    private static final class Unserializable {}

    @Test
    void whatCannotBeWrittenIsNamedToBothSides() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            NotSerializableException failure =
                    assertThrows(
                            NotSerializableException.class,
                            () -> out.writeObject(new Unserializable()));
            assertEquals(Unserializable.class.getName(), failure.getMessage());
        }
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        WriteAbortedException aborted = assertThrows(WriteAbortedException.class, in::readObject);
        assertEquals(Unserializable.class.getName(), aborted.getCause().getMessage());
    }
}
