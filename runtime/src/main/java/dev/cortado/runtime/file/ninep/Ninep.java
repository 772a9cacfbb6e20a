package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.Session;
import dev.cortado.runtime.file.folder.Transport;
import java.util.function.Consumer;

/** 9P2000.L. */
public final class Ninep implements Protocol {
    public static final String TYPE = "9p";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String language() {
        return NinepSession.VERSION;
    }

    @Override
    public Session begin(Transport transport, Patience patience, Consumer<String> problems)
            throws FileException {
        return NinepSession.begin(transport, patience, problems);
    }
}
