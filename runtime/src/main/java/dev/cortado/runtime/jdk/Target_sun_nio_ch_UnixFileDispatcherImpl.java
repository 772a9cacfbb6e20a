package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.io.FileDescriptor;
import java.io.IOException;

/**
 * The natives of file channels. What is read from and written to the console goes past the table of
 * open files, as the streams' bytes do.
 */
@TargetClass(className = "sun.nio.ch.UnixFileDispatcherImpl")
final class Target_sun_nio_ch_UnixFileDispatcherImpl {
    @Substitute
    static long allocationGranularity0() {
        return TmpFileSystem.PAGE_BYTES;
    }

    @Substitute
    static int read0(FileDescriptor file, long address, int length) throws IOException {
        if (!OpenFiles.isConsole(file)) {
            return ChannelCalls.read(file, address, length);
        }
        return ConsoleCalls.read(file, NativeBytes.at(address, length));
    }

    @Substitute
    static int write0(FileDescriptor file, long address, int length) throws IOException {
        if (!OpenFiles.isConsole(file)) {
            return ChannelCalls.write(file, address, length);
        }
        return (int) ConsoleCalls.write(file, NativeBytes.at(address, length));
    }

    @Substitute
    static int pread0(FileDescriptor file, long address, int length, long position)
            throws IOException {
        ConsoleCalls.requirePosition(file);
        return ChannelCalls.readAt(file, address, length, position);
    }

    @Substitute
    static int pwrite0(FileDescriptor file, long address, int length, long position)
            throws IOException {
        ConsoleCalls.requirePosition(file);
        return ChannelCalls.writeAt(file, address, length, position);
    }

    @Substitute
    static long readv0(FileDescriptor file, long vectors, int count) throws IOException {
        return OpenFiles.isConsole(file)
                ? ConsoleCalls.readVectors(file, vectors, count)
                : ChannelCalls.readVectors(file, vectors, count);
    }

    @Substitute
    static long writev0(FileDescriptor file, long vectors, int count) throws IOException {
        return OpenFiles.isConsole(file)
                ? ConsoleCalls.writeVectors(file, vectors, count)
                : ChannelCalls.writeVectors(file, vectors, count);
    }

    @Substitute
    static int force0(FileDescriptor file, boolean metadata) throws IOException {
        return OpenFiles.isConsole(file) ? 0 : ChannelCalls.sync(file, !metadata);
    }

    /** It was opened so: only tells what positions and lengths are multiples of, then. */
    @Substitute
    static int setDirect0(FileDescriptor file) throws IOException {
        return ChannelCalls.transferBytes(file);
    }

    /** Only tells the position if {@code offset} is negative. */
    @Substitute
    static long seek0(FileDescriptor file, long offset) throws IOException {
        ConsoleCalls.requirePosition(file);
        return ChannelCalls.seek(file, offset);
    }

    @Substitute
    static int truncate0(FileDescriptor file, long size) throws IOException {
        return ChannelCalls.truncate(file, size);
    }

    @Substitute
    static long size0(FileDescriptor file) throws IOException {
        return OpenFiles.isConsole(file) ? 0 : ChannelCalls.size(file);
    }

    @Substitute
    static int available0(FileDescriptor file) throws IOException {
        return OpenFiles.available(file);
    }

    /** Whether it is neither a file nor a directory nor a link. */
    @Substitute
    static boolean isOther0(FileDescriptor file) throws IOException {
        return OpenFiles.isConsole(file) || ChannelCalls.isOther(file);
    }

    @Substitute
    static int lock0(
            FileDescriptor file, boolean blocking, long position, long size, boolean shared)
            throws IOException {
        return ChannelLocks.lock(file, blocking, position, size, shared);
    }

    @Substitute
    static void release0(FileDescriptor file, long position, long size) throws IOException {
        ChannelLocks.release(file, position, size);
    }

    @Substitute
    static long map0(
            FileDescriptor file, int protection, long position, long length, boolean isSync)
            throws IOException {
        return Mapping.map(file, protection, position, length);
    }

    @Substitute
    static int unmap0(long address, long length) {
        Mapping.unmap(address);
        return 0;
    }

    @Substitute
    static void closeIntFD(int number) {
        OpenFiles.close(number);
    }
}
