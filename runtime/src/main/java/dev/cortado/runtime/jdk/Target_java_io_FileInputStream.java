package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;

/** The natives of {@link FileInputStream}. */
@TargetClass(FileInputStream.class)
final class Target_java_io_FileInputStream {
    @Alias private FileDescriptor fd;

    @Substitute
    private void open0(String name) throws FileNotFoundException {
        GuestFiles files = GuestFiles.toSearch();
        if (files == null) {
            throw FilesBefore.notOpened(name);
        }
        files.opening().open(fd, name, OpenFlags.READ_ONLY);
    }

    @Substitute
    private int read0() throws IOException {
        byte[] one = new byte[1];
        return OpenFiles.read(fd, one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Substitute
    private int readBytes(byte[] bytes, int offset, int length) throws IOException {
        return OpenFiles.read(fd, bytes, offset, length);
    }

    @Substitute
    private int available0() throws IOException {
        return OpenFiles.available(fd);
    }

    /** The console's is 0, and it has no position. */
    @Substitute
    private long length0() throws IOException {
        return OpenFiles.isConsole(fd) ? 0 : OpenFiles.streams(fd).length(OpenFiles.number(fd));
    }

    @Substitute
    private long position0() throws IOException {
        return OpenFiles.positioned(fd).position(OpenFiles.number(fd));
    }

    @Substitute
    private long skip0(long count) throws IOException {
        return OpenFiles.positioned(fd).skip(OpenFiles.number(fd), count);
    }

    @Substitute
    private boolean isRegularFile0(FileDescriptor descriptor) throws IOException {
        return !OpenFiles.isConsole(descriptor) && OpenFiles.isRegular(descriptor);
    }

    @Substitute
    private static void initIDs() {}
}
