package dev.cortado.runtime.configuration.named;

import java.io.IOException;

/** Values that a hypervisor keeps for its guest. */
public interface NamedValues {
    /**
     * A value, as it is kept.
     *
     * @return null if there is none of that name
     * @throws IOException the hypervisor cannot be asked, or the value is too long; the message
     *     says which
     */
    byte[] value(String name) throws IOException;
}
