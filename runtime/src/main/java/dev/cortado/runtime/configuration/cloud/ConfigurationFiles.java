package dev.cortado.runtime.configuration.cloud;

import java.io.IOException;

/** The files of a medium that is there to configure guests. */
public interface ConfigurationFiles {
    /**
     * All of a file.
     *
     * @param path from the medium's root, without a first slash, such as {@code
     *     openstack/latest/user_data}
     * @param mostBytes that it may have
     * @return null if there is none
     * @throws IOException it cannot be read, or has more bytes
     */
    byte[] read(String path, int mostBytes) throws IOException;
}
