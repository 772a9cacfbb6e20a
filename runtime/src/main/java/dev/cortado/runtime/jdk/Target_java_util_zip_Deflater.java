package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.zip.DeflateStream;
import dev.cortado.runtime.zip.ZlibResult;
import java.util.zip.Deflater;

/** The natives of {@link Deflater}. Its own lock keeps threads from using a stream at once. */
@TargetClass(Deflater.class)
final class Target_java_util_zip_Deflater {
    @Substitute
    private static long init(int level, int strategy, boolean raw) {
        return ZipStreams.DEFLATING.add(new DeflateStream(level, strategy, raw));
    }

    @Substitute
    private static void setDictionary(long handle, byte[] dictionary, int offset, int length) {
        ZipStreams.DEFLATING.get(handle).setDictionary(dictionary, offset, length);
    }

    @Substitute
    private static void setDictionaryBuffer(long handle, long address, int length) {
        setDictionary(handle, NativeBytes.read(address, length), 0, length);
    }

    @Substitute
    private long deflateBytesBytes(
            long handle,
            byte[] input,
            int inputOffset,
            int inputLength,
            byte[] output,
            int outputOffset,
            int outputLength,
            int flush,
            int parameters) {
        return ZlibResult.deflate(
                ZipStreams.DEFLATING.get(handle),
                input,
                inputOffset,
                inputLength,
                output,
                outputOffset,
                outputLength,
                flush,
                parameters);
    }

    @Substitute
    private long deflateBytesBuffer(
            long handle,
            byte[] input,
            int inputOffset,
            int inputLength,
            long outputAddress,
            int outputLength,
            int flush,
            int parameters) {
        byte[] output = new byte[outputLength];
        long result =
                deflateBytesBytes(
                        handle,
                        input,
                        inputOffset,
                        inputLength,
                        output,
                        0,
                        outputLength,
                        flush,
                        parameters);
        NativeBytes.write(output, ZipStreams.DEFLATING.get(handle).produced(), outputAddress);
        return result;
    }

    @Substitute
    private long deflateBufferBytes(
            long handle,
            long inputAddress,
            int inputLength,
            byte[] output,
            int outputOffset,
            int outputLength,
            int flush,
            int parameters) {
        byte[] input = NativeBytes.read(inputAddress, inputLength);
        return deflateBytesBytes(
                handle,
                input,
                0,
                inputLength,
                output,
                outputOffset,
                outputLength,
                flush,
                parameters);
    }

    @Substitute
    private long deflateBufferBuffer(
            long handle,
            long inputAddress,
            int inputLength,
            long outputAddress,
            int outputLength,
            int flush,
            int parameters) {
        byte[] input = NativeBytes.read(inputAddress, inputLength);
        return deflateBytesBuffer(
                handle, input, 0, inputLength, outputAddress, outputLength, flush, parameters);
    }

    @Substitute
    private static int getAdler(long handle) {
        return ZipStreams.DEFLATING.get(handle).adler();
    }

    @Substitute
    private static void reset(long handle) {
        ZipStreams.DEFLATING.get(handle).reset();
    }

    @Substitute
    private static void end(long handle) {
        ZipStreams.DEFLATING.remove(handle);
    }
}
