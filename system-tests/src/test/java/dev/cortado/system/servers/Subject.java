package dev.cortado.system.servers;

import dev.cortado.system.Program;
import java.util.List;

/** A program, and what is to be seen of it. */
interface Subject {
    Program program();

    /** Lets it run there, and says what was seen, which is the same everywhere. */
    List<String> observe(Place place) throws Exception;
}
