package dev.cortado.runtime.file.tree;

import java.util.List;

/**
 * The calls that programs make on files, of Linux or of Cortado. Numbers are what C gives: what the
 * call returns, or an error's number, negative.
 */
interface FileCalls {
    /** What is told of a file, where both must agree. */
    record Stat(int mode, int links, int owner, int group, long size, long modified) {}

    /**
     * A result that is more than a number: the value (bytes as text, a character each), or null and
     * the error.
     */
    record Result<T>(T value, long error) {
        static <T> Result<T> of(T value) {
            return new Result<>(value, 0);
        }

        static <T> Result<T> failed(long error) {
            return new Result<>(null, error);
        }
    }

    /**
     * @param base a directory's descriptor, -1 for none
     */
    long open(int base, byte[] path, int flags, int permissions);

    long close(int descriptor);

    long dup(int descriptor);

    Result<String> read(int descriptor, int count);

    Result<String> pread(int descriptor, int count, long position);

    long write(int descriptor, byte[] bytes);

    long pwrite(int descriptor, byte[] bytes, long position);

    /** Sets the position. */
    long seek(int descriptor, long position);

    /** Tells the position. */
    long position(int descriptor);

    long ftruncate(int descriptor, long size);

    long truncate(byte[] path, long size);

    long mkdir(byte[] path, int permissions);

    long rmdir(byte[] path);

    long unlink(byte[] path);

    long link(byte[] path, byte[] newPath);

    long symlink(byte[] target, byte[] path);

    Result<String> readlink(byte[] path);

    long rename(byte[] path, byte[] newPath);

    Result<Stat> stat(byte[] path, boolean follows);

    Result<Stat> fstat(int descriptor);

    long chmod(byte[] path, int permissions);

    long chown(byte[] path, boolean follows, int owner, int group);

    long utime(byte[] path, boolean follows, long modified);

    long access(byte[] path, int wanted);

    /** The names in a directory, sorted. */
    Result<List<String>> list(int descriptor);

    Result<String> realpath(byte[] path);
}
