package dev.cortado.system.servers.postgresql;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;

/** Much at once, and what only PostgreSQL has. */
final class Bulk {
    private static final int LARGE = 5 << 20;
    private static final int ROWS = 20_000;
    private static final int PATIENCE_MILLISECONDS = 60_000;

    private Bulk() {}

    static void run(Connection connection) throws SQLException, IOException {
        large(connection);
        PGConnection driver = connection.unwrap(PGConnection.class);
        copy(connection, driver.getCopyAPI());
        notification(connection, driver);
    }

    private static void large(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select ?::bytea || ''")) {
            select.setBytes(1, Pattern.piece(0, LARGE));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Sum sum = new Sum();
                sum.add(ByteBuffer.wrap(row.getBytes(1)));
                System.out.println(sum);
            }
        }
    }

    private static void copy(Connection connection, CopyManager manager)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table number(n int, text text)");
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append(i).append("\tnumber ").append(i).append('\n');
        }
        StringReader in = new StringReader(rows.toString());
        System.out.println(manager.copyIn("copy number from stdin", in) + " rows in");
        StringWriter out = new StringWriter();
        long count = manager.copyOut("copy (select * from number order by n) to stdout", out);
        System.out.println(count + " rows out " + out.toString().contentEquals(rows));
    }

    private static void notification(Connection connection, PGConnection driver)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen orders");
            statement.execute("notify orders, 'two espressi'");
        }
        for (PGNotification each : driver.getNotifications(PATIENCE_MILLISECONDS)) {
            System.out.println(each.getName() + ": " + each.getParameter());
        }
    }
}
