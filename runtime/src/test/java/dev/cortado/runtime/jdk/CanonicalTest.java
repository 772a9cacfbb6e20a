package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileTree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CanonicalTest {
    private final FileTree tree = new FileTree(new TmpFileSystem(1 << 20, 100, () -> 0), 0);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void makeFiles() throws FileException {
        tree.makeDirectory(null, bytes("/a"), 0777);
        tree.makeDirectory(null, bytes("/a/b"), 0777);
        tree.makeSymbolicLink(bytes("a/b"), null, bytes("/link"));
        tree.makeSymbolicLink(bytes("loop"), null, bytes("/loop"));
    }

    private void is(String expected, String path) throws FileException {
        assertEquals(expected, Canonical.path(tree, path));
    }

    @Test
    void whatExistsHasItsRealPath() throws FileException {
        is("/", "/");
        is("/a/b", "/a/b");
        is("/a/b", "/link");
        is("/a", "/link/..");
        is("/a/b", "//a/./b/");
    }

    @Test
    void whatDoesNotExistKeepsItsNames() throws FileException {
        is("/none", "/none");
        is("/a/b/none", "/link/none");
        is("/a/b/none/more", "/link/none/./more");
        is("/a/b/more", "/link/none/../more");
        is("/more", "/none/../more");
        is("/", "/none/..");
        is("/", "/..");
    }

    @Test
    void aLastNameMayBeAnything() throws FileException {
        is("/loop", "/loop");
        is("/a/b/" + "n".repeat(256), "/link/" + "n".repeat(256));
    }

    @Test
    void errorsOnTheWayAreTold() {
        fails(Errno.ELOOP, "/loop/a");
        fails(Errno.ENAMETOOLONG, "/" + "a/".repeat(2048));
        fails(Errno.ENAMETOOLONG, "/" + "n".repeat(256) + "/a");
    }

    private void fails(Errno errno, String path) {
        FileException error = assertThrows(FileException.class, () -> Canonical.path(tree, path));
        assertEquals(errno, error.errno());
    }
}
