package org.labharness.autograder.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What may be claimed of the receipts that wait, where processes that ended have left some behind: whatever ended them may end the next one
 * too, with all that it has in hand. Without any that is everything.
 *
 * @param condition to be added to a query of receipts
 * @param values of its parameters
 */
record ReceiptTurn(String condition, List<Object> values) {
    /** What has ended so many processes in a row is worked on alone. */
    private static final int SUSPECT = 2;

    /** @param mine whether the one who asks has it in hand */
    private record Left(long id, String repository, int times, boolean mine) {}

    /** Empty where nothing may be claimed now. Two queries, whatever waits: joined they would compare each receipt with each. */
    static Optional<ReceiptTurn> of(JdbcClient client, String holder, Instant now) {
        List<Left> all = client.sql("select id, repository, left_behind, holder = ? and due > ? as mine"
                        + " from webhook_receipt where left_behind > 0 and status = 'waiting' order by id")
                .params(holder, Rows.time(now))
                .query((row, number) -> new Left(
                        row.getLong("id"),
                        row.getString("repository"),
                        row.getInt("left_behind"),
                        row.getBoolean("mine")))
                .list();
        List<Left> suspects = all.stream().filter(one -> one.times() >= SUSPECT).toList();
        if (suspects.stream().anyMatch(Left::mine)) {
            return Optional.empty();
        }
        StringBuilder condition = new StringBuilder();
        List<Object> values = new ArrayList<>();
        Map<String, Long> first = new LinkedHashMap<>();
        all.forEach(one -> first.putIfAbsent(one.repository(), one.id()));
        first.forEach((repository, id) -> {
            condition.append(" and not (repository = ? and id > ?)");
            values.addAll(List.of(repository, id));
        });
        if (!suspects.isEmpty() && isBusy(client, holder, now)) {
            condition.append(" and left_behind < ").append(SUSPECT);
        }
        return Optional.of(new ReceiptTurn(condition.toString(), values));
    }

    private static boolean isBusy(JdbcClient client, String holder, Instant now) {
        return client.sql("select count(*) from webhook_receipt where status = 'waiting' and due > ? and holder = ?")
                        .params(Rows.time(now), holder)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
