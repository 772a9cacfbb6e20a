package dev.cortado.runtime.file.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenDirectoryTest {
    /** More than a folder's server is asked to remember for nobody. */
    private static final int OTHERS = 200;

    /** Also there on the machine whose files are shared. */
    @TempDir Path top;

    private FileTree tree;

    private byte[] path(String text) {
        return (top + "/" + text).getBytes(StandardCharsets.UTF_8);
    }

    private void makeTop() throws FileException {
        StringBuilder path = new StringBuilder();
        for (Path name : top) {
            path.append('/').append(name);
            try {
                tree.makeDirectory(null, path.toString().getBytes(StandardCharsets.UTF_8), 0700);
            } catch (FileException e) {
                assertEquals(Errno.EEXIST, e.errno());
            }
        }
    }

    /** Whoever has opened it a second time, too. */
    @ParameterizedTest
    @EnumSource
    void leadsToWhatIsInItWhateverItsNameIs(Tried tried) throws FileException {
        tree = new FileTree(tried.make(), 0);
        makeTop();
        tree.makeDirectory(null, path("d"), 0700);
        tree.makeDirectory(null, path("d/in"), 0700);
        OpenFile first = tree.open(null, path("d"), OpenFlags.DIRECTORY, 0);
        OpenFile second = tree.open(null, path("d"), OpenFlags.DIRECTORY, 0);
        tree.rename(null, path("d"), null, path("e"));
        for (int i = 0; i < OTHERS; i++) {
            tree.makeDirectory(null, path("other" + i), 0700);
        }
        long expected = tree.attributes(null, path("e/in"), true).inode();
        for (OpenFile each : new OpenFile[] {first, second}) {
            assertEquals(expected, tree.attributes(each, new byte[] {'i', 'n'}, true).inode());
        }
        first.close();
        second.close();
    }
}
