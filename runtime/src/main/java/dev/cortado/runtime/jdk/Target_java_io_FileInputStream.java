package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;

/** The natives of {@link FileInputStream}. */
@TargetClass(FileInputStream.class)
final class Target_java_io_FileInputStream {
    @Alias private FileDescriptor fd;

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

    /** The console has neither length nor position. */
    @Substitute
    private long length0() throws IOException {
        throw OpenFiles.noPosition();
    }

    @Substitute
    private long position0() throws IOException {
        throw OpenFiles.noPosition();
    }

    @Substitute
    private long skip0(@SuppressWarnings("unused") long count) throws IOException {
        throw OpenFiles.noPosition();
    }

    @Substitute
    private void open0(String name) throws FileNotFoundException {
        throw OpenFiles.cannotRead(name);
    }

    @Substitute
    private boolean isRegularFile0(@SuppressWarnings("unused") FileDescriptor descriptor) {
        return false;
    }

    @Substitute
    private static void initIDs() {}
}
