package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.FileException;
import java.util.function.Consumer;

/** What a server is spoken to with. */
public interface Protocol {
    /** What people call a file system by it: 9p, virtiofs. */
    String type();

    /** The version that is spoken. */
    String language();

    /**
     * Begins a session: nothing was said before on the transport.
     *
     * @param problems hears of a server that does not keep to the protocol, or does not answer
     * @throws FileException EPROTONOSUPPORT if the server speaks another language; what it says to
     *     one that it does not let in
     */
    Session begin(Transport transport, Patience patience, Consumer<String> problems)
            throws FileException;
}
