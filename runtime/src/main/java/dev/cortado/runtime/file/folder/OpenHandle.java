package dev.cortado.runtime.file.folder;

/**
 * A file that the server has open.
 *
 * @param handle by which it knows the file, at least as long as it is open
 * @param number of the file that was opened
 * @param opened what the server calls the open file, if the protocol has something else than the
 *     handle for that
 * @param flags Linux's, that it was opened with
 * @param isDirectory which is listed and not read
 * @param most bytes that are read or written at once
 */
public record OpenHandle(
        Handle handle, long number, long opened, int flags, boolean isDirectory, int most) {}
