package dev.cortado.system.servers.postgresql;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** Values of many types, transactions, errors. */
final class Statements {
    private static final int ROWS = 500;

    private Statements() {}

    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            System.out.println(connection.getMetaData().getDatabaseProductName());
            try (ResultSet rows =
                    statement.executeQuery(
                            "select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
                rows.next();
                System.out.println("TLS " + rows.getBoolean(1));
            }
            statement.execute("drop table if exists drink");
            statement.execute(
                    "create table drink(id serial primary key, name text, price numeric(8,2), since"
                            + " date, seen timestamptz, code uuid, sizes int[], photo bytea, notes"
                            + " jsonb, hot boolean, strength float8)");
        }
        insert(connection);
        query(connection);
        transaction(connection);
        fail(connection);
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into drink(name, price, since, seen, code, sizes, photo, notes,"
                                + " hot, strength) values(?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
                        Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < ROWS; i++) {
                insert.setString(1, "caf\u00e9 " + i % 7);
                insert.setBigDecimal(2, BigDecimal.valueOf(100 + i, 2));
                insert.setObject(3, LocalDate.of(2020, 1, 1).plusDays(i));
                insert.setObject(
                        4, OffsetDateTime.of(2020, 1, 1, 0, 0, i % 60, 5000, ZoneOffset.UTC));
                insert.setObject(5, new UUID(i, -i));
                insert.setArray(6, connection.createArrayOf("int4", new Integer[] {i, i * i}));
                insert.setBytes(7, new byte[] {(byte) i, 0, (byte) 0xff});
                insert.setString(8, "{\"number\": " + i + "}");
                insert.setBoolean(9, i % 2 == 0);
                insert.setDouble(10, Math.sqrt(i));
                insert.addBatch();
            }
            System.out.println(insert.executeBatch().length + " rows");
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                System.out.println("first key " + keys.getInt(1));
            }
        }
    }

    /** Often enough for the driver to have it prepared by the server, and to go over to binary. */
    private static void query(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from drink where id = ?")) {
            for (int id = 1; id <= 20; id++) {
                select.setInt(1, id);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    Array sizes = row.getArray("sizes");
                    System.out.println(
                            String.join(
                                    " | ",
                                    row.getString("name"),
                                    row.getBigDecimal("price").toString(),
                                    row.getObject("since", LocalDate.class).toString(),
                                    row.getObject("seen", OffsetDateTime.class).toString(),
                                    row.getObject("code", UUID.class).toString(),
                                    Arrays.toString((Integer[]) sizes.getArray()),
                                    Arrays.toString(row.getBytes("photo")),
                                    row.getString("notes"),
                                    String.valueOf(row.getBoolean("hot")),
                                    String.valueOf(row.getDouble("strength"))));
                }
            }
        }
    }

    /** Rows come a few at a time, by a cursor; then nothing of it has been. */
    private static void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            System.out.println(statement.executeUpdate("delete from drink where hot") + " deleted");
            statement.setFetchSize(17);
            int sum = 0;
            try (ResultSet rows = statement.executeQuery("select id from drink")) {
                while (rows.next()) {
                    sum += rows.getInt(1);
                }
            }
            System.out.println("sum " + sum);
            connection.rollback();
            try (ResultSet count = statement.executeQuery("select count(*) from drink")) {
                count.next();
                System.out.println(count.getLong(1) + " are left");
            }
        }
        connection.setAutoCommit(true);
    }

    private static void fail(Connection connection) throws SQLException {
        for (String command :
                new String[] {"insert into drink(id) values(1)", "select 1/0", "selekt"}) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(command);
            } catch (SQLException e) {
                System.out.println(e.getSQLState() + " " + e.getMessage().lines().findFirst());
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            statement.execute("select pg_sleep(60)");
        } catch (SQLException e) {
            System.out.println("cancelled: " + e.getSQLState());
        }
    }
}
