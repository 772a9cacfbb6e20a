package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.Session;
import dev.cortado.runtime.file.folder.Transport;
import java.util.function.Consumer;

/** Messages of FUSE by virtio: what people call virtiofs. */
public final class Fuse implements Protocol {
    public static final String TYPE = "virtiofs";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String language() {
        return "FUSE " + Introduction.MAJOR + "." + Introduction.LEAST_MINOR;
    }

    @Override
    public Session begin(Transport transport, Patience patience, Consumer<String> problems)
            throws FileException {
        return FuseSession.begin(transport, patience, problems);
    }
}
