package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of the files of a program that has some, but for devices. */
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
        assertEquals(names(queries.list(file)), names(FilesBefore.list(path)), path);
        StreamOpening opening = GuestFiles.get().opening();
        FileNotFoundException error =
                assertThrows(
                        FileNotFoundException.class,
                        () -> opening.open(new FileDescriptor(), path, 0));
        assertEquals(error.getMessage(), FilesBefore.notOpened(path).getMessage());
    }

    /** Of a directory's entries those that both have; null if it is none. */
    private static Set<String> names(String[] entries) {
        if (entries == null) {
            return null;
        }
        Set<String> names = new HashSet<>(List.of(entries));
        names.remove("dev");
        return names;
    }
}
