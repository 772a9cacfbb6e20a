package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.random.HardwareRandom;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What all channels need. */
@TargetClass(className = "sun.nio.ch.IOUtil")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_IOUtil {
    private Target_sun_nio_ch_IOUtil() {}

    @Substitute
    static void initIDs() {}

    @Substitute
    static boolean randomBytes(byte[] bytes) {
        HardwareRandom.POOL.next(bytes);
        return true;
    }

    /** The number of the end to read from in the upper half, of that to write to in the lower. */
    @Substitute
    static long makePipe(boolean blocking) throws IOException {
        return Pipes.make(blocking);
    }

    @Substitute
    static int write1(int number, byte value) throws IOException {
        return Pipes.write(number, value);
    }

    /** Reads all that is there; whether that was anything. */
    @Substitute
    static boolean drain(int number) throws IOException {
        return Pipes.drain(number);
    }

    @Substitute
    static int drain1(int number) throws IOException {
        return Pipes.readOne(number);
    }

    @Substitute
    public static void configureBlocking(FileDescriptor file, boolean blocking) throws IOException {
        ChannelCalls.configureBlocking(file, blocking);
    }

    @Substitute
    public static int fdVal(FileDescriptor file) {
        return OpenFiles.number(file);
    }

    @Substitute
    static void setfdVal(FileDescriptor file, int value) {
        OpenFiles.setNumber(file, value);
    }

    @Substitute
    static int fdLimit() {
        return GuestFiles.MAXIMUM_OPEN_FILES;
    }

    @Substitute
    static int iovMax() {
        return 1024;
    }

    @Substitute
    static long writevMax() {
        return Integer.MAX_VALUE;
    }

    @Alias
    private static native int readIntoNativeBuffer(
            FileDescriptor file,
            ByteBuffer to,
            long position,
            boolean isDirect,
            boolean isAsynchronous,
            int alignment,
            Target_sun_nio_ch_NativeDispatcher dispatcher)
            throws IOException;

    @Alias
    private static native int writeFromNativeBuffer(
            FileDescriptor file,
            ByteBuffer from,
            long position,
            boolean isDirect,
            boolean isAsynchronous,
            int alignment,
            Target_sun_nio_ch_NativeDispatcher dispatcher)
            throws IOException;

    /**
     * @param isDirect whether the file was opened past its cache (O_DIRECT), {@code alignment} is
     *     of lengths then
     */
    @Substitute
    static int read(
            FileDescriptor file,
            ByteBuffer to,
            long position,
            boolean isDirect,
            boolean isAsynchronous,
            int alignment,
            Target_sun_nio_ch_NativeDispatcher dispatcher)
            throws IOException {
        if (to.isReadOnly()) {
            throw new IllegalArgumentException("Read-only buffer");
        }
        if (to.isDirect()) {
            return readIntoNativeBuffer(
                    file, to, position, isDirect, isAsynchronous, alignment, dispatcher);
        }
        if (isDirect) {
            Target_sun_nio_ch_Util.checkRemainingBufferSizeAligned(to.remaining(), alignment);
        }
        return HeapTransfers.read(file, to, position, HeapTransfers.Kind.of(dispatcher));
    }

    /** As {@link #read}. */
    @Substitute
    static int write(
            FileDescriptor file,
            ByteBuffer from,
            long position,
            boolean isDirect,
            boolean isAsynchronous,
            int alignment,
            Target_sun_nio_ch_NativeDispatcher dispatcher)
            throws IOException {
        if (from.isDirect()) {
            return writeFromNativeBuffer(
                    file, from, position, isDirect, isAsynchronous, alignment, dispatcher);
        }
        if (isDirect) {
            Target_sun_nio_ch_Util.checkRemainingBufferSizeAligned(from.remaining(), alignment);
        }
        return HeapTransfers.write(file, from, position, HeapTransfers.Kind.of(dispatcher));
    }
}
