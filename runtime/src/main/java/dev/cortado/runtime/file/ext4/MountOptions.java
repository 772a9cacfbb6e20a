package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileClock;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.cache.CacheMemory;
import dev.cortado.runtime.file.storage.cache.HeapMemory;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * How a file system is to be mounted.
 *
 * @param readOnly nothing is changed, but for what a journal asks for
 * @param accessTimes whether reading a file sets when it was read: after a change, or once a day
 *     (mount(8), relatime)
 * @param loadsJournal whether a journal is replayed; without, it can only be read
 * @param discards whether the disk is told of blocks that are freed
 * @param errors null for what the superblock asks for
 * @param where the path that it is mounted at, which the superblock remembers
 * @param clock of the times of files
 * @param metadataBytes of memory for metadata
 * @param contents memory for the contents of files, in pages of so many bytes
 * @param listener is told of damage, a line each
 * @param panic what {@link ErrorBehaviour#PANIC} does
 */
public record MountOptions(
        boolean readOnly,
        boolean accessTimes,
        boolean loadsJournal,
        boolean discards,
        ErrorBehaviour errors,
        String where,
        FileClock clock,
        long metadataBytes,
        IntFunction<CacheMemory> contents,
        Consumer<String> listener,
        Consumer<String> panic) {
    private static final long DEFAULT_METADATA_BYTES = 8L << 20;
    private static final long DEFAULT_CONTENT_BYTES = 32L << 20;
    private static final String ERRORS = "errors=";

    /** To be read and written, with access times, and nobody who hears of damage. */
    public static MountOptions of(FileClock clock) {
        return new MountOptions(
                false,
                true,
                true,
                false,
                null,
                "/",
                clock,
                DEFAULT_METADATA_BYTES,
                pageBytes -> new HeapMemory(pageBytes, DEFAULT_CONTENT_BYTES),
                text -> {},
                text -> {
                    throw new IllegalStateException(text);
                });
    }

    /**
     * These options changed by a text as mount(8) takes it: {@code ro}, {@code rw}, {@code
     * noatime}, {@code relatime}, {@code noload}, {@code discard}, {@code errors=}{@link
     * ErrorBehaviour}, and some that ask for nothing that is not so anyway, such as {@code
     * data=ordered}, with commas in between.
     *
     * @throws FileException EINVAL for any other, by its name
     */
    public MountOptions with(String text) throws FileException {
        MountOptions options = this;
        for (String word : text.split(",")) {
            options = options.withWord(word.strip());
        }
        return options;
    }

    private MountOptions withWord(String word) throws FileException {
        return switch (word) {
            case "", "defaults" -> this;
            // What is so anyway; what is written in order may be where it need not be.
            case "data=ordered",
                    "data=writeback",
                    "user_xattr",
                    "acl",
                    "barrier",
                    "barrier=1",
                    "delalloc",
                    "nodelalloc",
                    "nosuid",
                    "nodev",
                    "noexec",
                    "async" ->
                    this;
            case "ro" -> with(true, accessTimes, loadsJournal, discards, errors);
            case "rw" -> with(false, accessTimes, loadsJournal, discards, errors);
            case "noatime" -> with(readOnly, false, loadsJournal, discards, errors);
            case "relatime", "atime" -> with(readOnly, true, loadsJournal, discards, errors);
            case "noload", "norecovery" -> with(readOnly, accessTimes, false, discards, errors);
            case "discard" -> with(readOnly, accessTimes, loadsJournal, true, errors);
            case "nodiscard" -> with(readOnly, accessTimes, loadsJournal, false, errors);
            default -> {
                ErrorBehaviour behaviour =
                        word.startsWith(ERRORS)
                                ? ErrorBehaviour.of(word.substring(ERRORS.length()))
                                : null;
                if (behaviour == null) {
                    throw new FileException(
                            Errno.EINVAL, "mount option " + word + " is not supported");
                }
                yield with(readOnly, accessTimes, loadsJournal, discards, behaviour);
            }
        };
    }

    private MountOptions with(
            boolean isReadOnly,
            boolean hasAccessTimes,
            boolean loads,
            boolean hasDiscards,
            ErrorBehaviour behaviour) {
        return new MountOptions(
                isReadOnly,
                hasAccessTimes,
                loads,
                hasDiscards,
                behaviour,
                where,
                clock,
                metadataBytes,
                contents,
                listener,
                panic);
    }

    public MountOptions at(String path) {
        return new MountOptions(
                readOnly,
                accessTimes,
                loadsJournal,
                discards,
                errors,
                path,
                clock,
                metadataBytes,
                contents,
                listener,
                panic);
    }

    /** With somebody who hears of damage, and what a panic is. */
    public MountOptions telling(Consumer<String> ofDamage, Consumer<String> ofPanic) {
        return new MountOptions(
                readOnly,
                accessTimes,
                loadsJournal,
                discards,
                errors,
                where,
                clock,
                metadataBytes,
                contents,
                ofDamage,
                ofPanic);
    }
}
