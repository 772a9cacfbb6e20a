package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;

/** The natives of {@link RandomAccessFile}. */
@TargetClass(RandomAccessFile.class)
final class Target_java_io_RandomAccessFile {
    @Alias private FileDescriptor fd;

    @Substitute
    private void open0(String name, int mode) throws FileNotFoundException {
        GuestFiles.get().opening().open(fd, name, StreamOpening.randomAccess(mode));
    }

    @Substitute
    private int read0() throws IOException {
        byte[] one = new byte[1];
        return OpenFiles.read(fd, one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Substitute
    private int readBytes0(byte[] bytes, int offset, int length) throws IOException {
        return OpenFiles.read(fd, bytes, offset, length);
    }

    @Substitute
    private void write0(int value) throws IOException {
        OpenFiles.write(fd, new byte[] {(byte) value}, 0, 1);
    }

    @Substitute
    private void writeBytes0(byte[] bytes, int offset, int length) throws IOException {
        OpenFiles.write(fd, bytes, offset, length);
    }

    @Substitute
    public long getFilePointer() throws IOException {
        return OpenFiles.positioned(fd).position(OpenFiles.number(fd));
    }

    @Substitute
    private void seek0(long position) throws IOException {
        OpenFiles.positioned(fd).seek(OpenFiles.number(fd), position);
    }

    @Substitute
    private long length0() throws IOException {
        return OpenFiles.positioned(fd).length(OpenFiles.number(fd));
    }

    @Substitute
    private void setLength0(long length) throws IOException {
        OpenFiles.positioned(fd).setLength(OpenFiles.number(fd), length);
    }

    @Substitute
    private static void initIDs() {}
}
