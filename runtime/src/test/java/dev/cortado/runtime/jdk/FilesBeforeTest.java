package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those that the files give that are made after them. */
final class FilesBeforeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/.",
                "/..",
                "/../..",
                "/tmp",
                "/tmp/",
                "tmp",
                "./tmp",
                "/tmp/.",
                "/tmp/..",
                "/tmp/../tmp//",
                ".",
                "..",
                "/tm",
                "/tmpx",
                "/etc/hosts",
                "none",
                "/a/",
                "/tmp/none",
                "tmp/../none",
                "/none/..",
                "/none/../tmp",
                "/tmp/tmp",
                "/tmp/../../tmp"
            })
    void isWhatTheFilesSay(String path) {
        File file = new File(path);
        FileQueries queries = GuestFiles.get().queries();
        int expected = FilesBefore.isDirectory(path) ? FileQueries.EXISTING_DIRECTORY : 0;
        assertEquals(queries.kind(file), expected, path);
        assertArrayEquals(queries.list(file), FilesBefore.list(path), path);
        StreamOpening opening = GuestFiles.get().opening();
        FileNotFoundException error =
                assertThrows(
                        FileNotFoundException.class,
                        () -> opening.open(new FileDescriptor(), path, 0));
        assertEquals(error.getMessage(), FilesBefore.notOpened(path).getMessage());
    }
}
