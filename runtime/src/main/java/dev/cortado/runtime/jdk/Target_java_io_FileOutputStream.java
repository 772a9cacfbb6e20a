package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;

/** The natives of {@link FileOutputStream}. */
@TargetClass(FileOutputStream.class)
final class Target_java_io_FileOutputStream {
    @Alias private FileDescriptor fd;

    @Substitute
    private void open0(String name, boolean append) throws FileNotFoundException {
        int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE;
        GuestFiles.get()
                .opening()
                .open(fd, name, flags | (append ? OpenFlags.APPEND : OpenFlags.TRUNCATE));
    }

    /** The file knows itself whether it was opened to append. */
    @Substitute
    private void write(int value, @SuppressWarnings("unused") boolean append) throws IOException {
        OpenFiles.write(fd, new byte[] {(byte) value}, 0, 1);
    }

    @Substitute
    private void writeBytes(
            byte[] bytes, int offset, int length, @SuppressWarnings("unused") boolean append)
            throws IOException {
        OpenFiles.write(fd, bytes, offset, length);
    }

    @Substitute
    private static void initIDs() {}
}
