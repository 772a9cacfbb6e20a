package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.storage.Storage;

/**
 * A disk as a whole.
 *
 * @param serialNumber may be empty
 */
public record Disk(Storage storage, String serialNumber) {}
