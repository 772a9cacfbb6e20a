package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.KernelWords;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.MemoryMap;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.Pointer;

/** What the loader has told, copied out before the memory where it did is handed out. */
public final class BootInformation {
    static final String REASON = "Runs before the Java runtime.";

    public static final int COMMAND_LINE_CAPACITY = KernelWords.LINE_CAPACITY;

    private static final int RESERVED_CAPACITY = 32;

    private static final MemoryMap MEMORY = new MemoryMap();

    /** Pairs of begin and end; room for one more pair is left. */
    private static final long[] RESERVED = new long[RESERVED_CAPACITY];

    private static int reserved;

    /** The command line, ended by a 0. */
    private static final byte[] COMMAND_LINE = new byte[COMMAND_LINE_CAPACITY];

    private static boolean commandLineIsCut;
    private static long moreArguments;
    private static long moreArgumentsBytes;

    private static StartProtocol protocol;

    private BootInformation() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setProtocol(StartProtocol chosen) {
        protocol = chosen;
    }

    /** False if the loader does not tell how much memory there is. */
    @Uninterruptible(reason = REASON)
    static boolean read(long protocolNumber, long information) {
        reserve(ImageLayout.physicalBegin, ImageLayout.physicalEnd);
        return protocol.read(protocolNumber, information) && MEMORY.count() > 0;
    }

    /** Copies a command line of at most {@code limit} bytes, or up to its 0. */
    @Uninterruptible(reason = REASON)
    public static void copyCommandLine(Pointer line, int limit) {
        int i = 0;
        while (i < limit && line.readByte(i) != 0) {
            if (i == COMMAND_LINE_CAPACITY - 1) {
                commandLineIsCut = true;
                return;
            }
            COMMAND_LINE[i] = line.readByte(i);
            i++;
        }
    }

    /**
     * The command line goes on in a module, which is in memory that is reserved.
     *
     * @param physical where its text begins
     */
    @Uninterruptible(reason = REASON)
    public static void setMoreArguments(long physical, long bytes) {
        moreArguments = physical;
        moreArgumentsBytes = bytes;
    }

    /** Physical address of the rest of the command line. */
    @Uninterruptible(reason = REASON)
    static long moreArguments() {
        return moreArguments;
    }

    /** Bytes of the rest of the command line, mostly 0. */
    @Uninterruptible(reason = REASON)
    static long moreArgumentsBytes() {
        return moreArgumentsBytes;
    }

    /** Whether the loader has passed on a longer one than there is room for. */
    @Uninterruptible(reason = REASON)
    static boolean commandLineIsCut() {
        return commandLineIsCut;
    }

    /** The machine's RAM; the protocol adds to it. */
    @Uninterruptible(reason = REASON)
    public static MemoryMap memory() {
        return MEMORY;
    }

    /** The RAM of [begin, end) is in use already. The image is so, without being told. */
    @Uninterruptible(reason = REASON)
    public static void reserve(long begin, long end) {
        RESERVED[reserved++] = begin;
        RESERVED[reserved++] = end;
    }

    @Uninterruptible(reason = REASON)
    static long[] reserved() {
        return RESERVED;
    }

    /** How many numbers of {@link #reserved} there are. */
    @Uninterruptible(reason = REASON)
    static int reservedCount() {
        return reserved;
    }

    @Uninterruptible(reason = REASON)
    static byte[] commandLine() {
        return COMMAND_LINE;
    }
}
