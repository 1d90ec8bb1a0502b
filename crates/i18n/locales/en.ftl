# The English texts of Keyhatch, in the syntax of Project Fluent (https://projectfluent.org/fluent/guide/).
# `crates/i18n/src/lib.rs` says what of it can be used. Sections are areas of the console.


## access

# Heading and button of the sign-in page.
access-sign_in = Sign in

# Label.
access-email = Email

# Label.
access-password = Password

# Error of an empty email.
access-email_missing = Enter your email.

# Error of an empty password.
access-password_missing = Enter your password.

# Heading of the second step.
access-enter_code = Enter your code

# What that step is for.
access-code_wanted = Your password is correct. Enter the code that your authenticator app shows for this site.

# Label.
access-code = Code

# Hint of the code.
access-code_hint = Six digits, or one of your recovery codes.

# Link back to the first step.
access-sign_in_as_someone_else = Sign in as someone else

# Why the first step is asked for again.
access-start_again = The sign-in expired, or too many codes were wrong. Sign in again.

# Heading of the dialog above an open form.
access-sign_in_again = Sign in again

# Why that dialog opened.
access-session_ended = Your session has ended. Sign in to continue; nothing you typed is lost.

# On the sign-in page, of a session that timed out.
access-sign_in_to_continue = Your session has ended. Sign in to continue.

# On the sign-in page, after signing out.
access-signed_out = You are signed out.

# Above a form that was filled in before the session ended.
access-form_restored = You are signed in again. What you typed is still here, but not saved yet. Passwords and codes must be entered again.

# Button.
access-cancel = Cancel

# Heading of the set-up page.
access-set_up = Set up your account

# Label.
access-account_name = Account name

# Hint of the account's name.
access-account_name_hint = Your company, as its members see it.

# Hint of the email.
access-email_hint = You sign in with it.

# Hint of a new password.
access-password_hint = At least 12 characters. A few words are easier to remember than symbols.

# Button of the set-up page.
access-create_account = Create account

# Heading when the link opens nothing.
access-set_up_closed = Set-up is closed

# What to do then.
access-set_up_closed_advice = This link has expired or is incomplete. If an account exists, sign in. Otherwise use the link that Keyhatch printed when it last started; each start prints a new one until an account exists.

# Link.
access-go_to_sign_in = Go to sign-in

# Heading while the database cannot be read.
access-set_up_unavailable = Set-up is unavailable


## activity

# Heading of the page, and name of its table.
activity-title = Activity

# Below the heading.
activity-introduction = Who did what in this account, when and from where. Times are UTC. The record is tamper-evident.

# Link to the same rows as a file.
activity-export = Export as CSV

# Heading while the record cannot be read.
activity-cannot_be_shown = Activity cannot be shown

# Link.
activity-try_again = Try again

# Accessible name of the filter.
activity-filter_form = Filter activity

# Label of the filter by member.
activity-member = Who

# Its choice that filters nothing.
activity-everyone = Everyone

# Label of the filter by subject: keys, members and so on.
activity-group = About

# Its choice that filters nothing.
activity-everything = Everything

# Column of keys, and label of the filter by key.
activity-key = Key

# In that field.
activity-key_hint = Name or last characters

# Label of the first day.
activity-from_date = From date

# Label of the last day.
activity-to_date = To date

# Button that applies the filter.
activity-filter = Filter

# Link that removes the filter.
activity-show_everything = Show everything

# In place of an empty table.
activity-no_more = No more activity.

activity-no_match = No activity matches these filters.

# Column of times.
activity-when = When

# Column of members.
activity-who = Who

# Column of sentences such as "Created the key Web shop".
activity-what = What

# Column of network addresses.
activity-from = From

# Who works on the server's command line, in place of an email.
activity-operator = Operator

# Accessible name of the links to other pages.
activity-pages = Activity pages

activity-newest = Newest

activity-older = Older

# What the link on a key does.
activity-show_key = Show the activity of the key { $name }


## dialogs

dialogs-cancel = Cancel
dialogs-close = Close
dialogs-busy = One moment…
dialogs-disable_title = Disable API key
dialogs-disable = Disable Key
dialogs-disable_effect = Requests with this key will fail immediately, until you enable it again.
dialogs-disable_effect_many = Requests with these keys will fail immediately, until you enable them again.
dialogs-enable_title = Enable API key
dialogs-enable = Enable Key
dialogs-enable_effect = Requests with this key will be allowed again immediately, within its whitelist, privileges and limits.
dialogs-enable_effect_many = Requests with these keys will be allowed again immediately, within their whitelists, privileges and limits.
dialogs-delete_title = Delete API key
dialogs-delete = Delete Key
dialogs-delete_effect = Requests with this key will fail immediately. This cannot be undone.
dialogs-delete_effect_many = Requests with these keys will fail immediately. This cannot be undone.
dialogs-disable_instead = Disable it instead
dialogs-disable_first = Not sure that nothing needs it any more? Disable the key first; that can be undone.
dialogs-reason = Reason (optional)
dialogs-reason_hint = Kept with the key's history.
dialogs-confirm_name_hint = The key is in use, so please type its name.
dialogs-end_overlap_title = End old API key
dialogs-end_overlap = End old key now
dialogs-rotate_title = Rotate API key
dialogs-rotate = Rotate Key
dialogs-rotate_again = The old key from the last rotation still works. It stops working now: only the current key can overlap with the new one.
dialogs-overlap = Keep the old key working for
dialogs-overlap_none = Not at all: it is refused immediately
dialogs-overlap_1h = 1 hour
dialogs-overlap_24h = 24 hours
dialogs-overlap_7d = 7 days
dialogs-overlap_date = Until a date…
dialogs-overlap_until = Until (UTC)
dialogs-overlap_hint = Until then the key's page shows which addresses still use the old key, and lets you end it sooner.
dialogs-old_secret_not_used = The old key has not been used since the rotation.
dialogs-never_used = It has never been used.

# The label of the field that a key in use asks for.
dialogs-confirm_name = Type { $name } to confirm
dialogs-keys = { $count } keys

# Beside the number of keys: the first names of several keys, with commas between.
dialogs-named = {" "}({ $names })

dialogs-named_and_more = {" "}({ $names } and { $more } more)

# When a key was last used; $ago is a time such as `3 days ago`, `just now` or `on 18 Nov 2026`.
dialogs-used = Used { $ago }.

dialogs-used_from = Used { $ago } from { $address }.

# How many of several keys are in use, unless all are.
dialogs-in_use_of = { $used ->
    [0] None of them was used in the last 24 hours.
    [one] 1 of { $of } was used in the last 24 hours.
   *[other] { $used } of { $of } were used in the last 24 hours.
 }

dialogs-all_in_use = All of them were used in the last 24 hours.

# $key is the key's name and the parts of its value that are shown.
dialogs-rotate_effect = { $key } gets a new secret, which is shown once. Its name, whitelist, privileges and limits stay the same.

# These two are shown together, of a key whose old secret is ended.
dialogs-overlap_key_works = { $key } keeps working.

# $until is a date and time.
dialogs-overlap_ends_now = Its old key, which would work until { $until }, will be refused immediately. The key's page shows which addresses still use it.

# $ago is a time such as `3 days ago`.
dialogs-old_secret_used_at = The old key was used { $ago }.


## editor

editor-add_title = Add API key
editor-edit_title = Edit API key
editor-save = Save

# The same button, of a key that is added.
editor-save_new = Save
editor-saving = Saving…
editor-cancel = Cancel
editor-close = Close
editor-name = Name
editor-name_hint = The program that uses this key. You can change it later.
editor-environment = Environment
editor-live = Live
editor-sandbox = Sandbox
editor-start_from = Start from
editor-privileges = Privileges
editor-module = Module
editor-all_privileges = All privileges
editor-all_privileges_hint = Includes modules that are added later.
editor-no_privileges = With no privileges, the key only identifies the caller.
editor-privileges_fixed = Privileges were set when the key was created and cannot be changed. Add another key for other privileges.
editor-privileges_will_be_fixed = Choose with care: privileges cannot be changed later.
editor-whitelist = IP whitelist
editor-whitelist_hint = One IP, range or CIDR per line, e.g. 203.0.113.0/24.{" "}
editor-whitelist_hint_optional = One IP, range or CIDR per line, e.g. 203.0.113.0/24. Empty allows any address.{" "}
editor-whitelist_required = A key works only from the addresses listed here. List at least one.
editor-any_address = Any address may use this key.
editor-add_my_address = Add my address
editor-limits = Limits and expiry
editor-expires = Expires
editor-expires_at = Expires at (UTC)
editor-never = Never
editor-on_a_date = On a date…
editor-per_second = Calls per second
editor-per_minute = Calls per minute
editor-per_hour = Calls per hour
editor-per_day = Calls per day
editor-uses = Number of uses
editor-refill = Resets
editor-refill_day = Every day
editor-refill_month = Every month
editor-limits_hint = Leave a field empty for no limit. Days and months begin at 00:00 UTC. A call over a limit is refused and not counted.
editor-keep_theirs = Keep theirs
editor-use_mine = Use mine

# The hint below the environments.
editor-environment_hint = Use sandbox keys for testing. They start with { $sandbox_prefix }. This cannot be changed later.

# "6 of 50".
editor-count_of = { $count } of { $limit }
editor-valid_entries = { $count } valid
editor-wrong_entries = { $count } to fix
editor-add_address = Add { $address }
editor-use_instead = Use { $suggestion } instead

# Beside the number of valid entries of a whitelist.
editor-redundant_entries = { $count ->
    [one] 1 is listed already and counts once
   *[other] { $count } are listed already and count once
 }

# What is wrong with a line of the whitelist; $error is a sentence.
editor-line_error = Line { $number }: { $error }

# The whitelist would block the latest caller; $ago is a time such as `3 days ago`.
editor-blocked_caller = { $address } used this key { $ago } and would be blocked.

# A lifetime in the list of expiries.
editor-days = { $days ->
    [one] 1 day
    [365] 1 year
   *[other] { $days } days
 }

# The longest lifetime.
editor-at_most = { $days ->
    [one] At most 1 day from now.
    [365] At most 1 year from now.
   *[other] At most { $days } days from now.
 }

# $environment is Live or Sandbox.
editor-environment_fixed = { $environment }, set when the key was created.

# Another member saved the key while its form was open. $by is their email, $ago a time such as `3 minutes ago`.
editor-changed_meanwhile = { $by } changed this key { $ago }, and so did you. Your changes are not saved yet.

# A field that both changed: its label and the two values.
editor-difference_in = { $field }: saved as { $theirs }, you entered { $mine }.

# A value that is empty.
editor-empty = nothing

# All privileges.
editor-all = all


## errors

# Messages above a form, or in place of a page: what is wrong and what to do about it.
errors-signed_out = Your session has ended. Sign in again to continue; nothing you typed is lost.

errors-wrong_credentials = The email or the password is wrong.

# A viewer tries to change a key.
errors-forbidden = Your role lets you see keys, not change them. Ask an owner or admin.

# "Security" is the name of the page, as in the side menu.
errors-two_factor_required = Your account requires two-factor codes. Set them up under Security first.

errors-not_found = This key no longer exists. It may have been deleted; reload the page.

errors-other_account = Another account has been opened in this browser, so nothing was changed. Reload the page to see which one.

errors-too_many_keys = This account has reached its limit of { $limit } keys. Delete an unused key, then save.

# The fields have messages of their own.
errors-invalid = Some fields need another value.

errors-last_owner = An account needs at least one owner. Make another member an owner first.

errors-setup_closed = This set-up link was already used or is invalid. Sign in, or restart Keyhatch to get a new link.

# Up to 90 seconds.
errors-limited_seconds = { $seconds ->
    [one] Too many attempts. Try again in 1 second.
   *[other] Too many attempts. Try again in { $seconds } seconds.
 }

# Two minutes or more.
errors-limited_minutes = { $minutes ->
    [one] Too many attempts. Try again in 1 minute.
   *[other] Too many attempts. Try again in { $minutes } minutes.
 }

errors-bad_request = The server did not understand this page. Reload it and try again.

errors-unavailable = The database cannot be reached right now. Nothing was changed; try again in a moment.

errors-unreachable = The server cannot be reached. Nothing you typed is lost; check the connection and try again.

errors-internal = Something went wrong on our side. Nothing was changed; try again.


## explain

explain-title = Test API key
explain-address = Address
explain-address_hint = Where the call would come from.
explain-privilege = Privilege
explain-channel = Channel
explain-cost = Cost
explain-none = None
explain-test = Test
explain-testing = Testing…
explain-done = Done
explain-allowed = ✓ Allowed
explain-edit_key = Edit Key
explain-check_passed = passed
explain-check_failed = failed

# $code is a word of the interface, such as EXPIRED.
explain-refused_with = ✕ Refused: { $code }


## explain_form

# Error of the field for an address.
explain_form-address_wrong = Write one address, such as 203.0.113.7, without a port or a mask.

# Error of the choice of a channel, such as http.
explain_form-channel_unknown = There is no such channel. Choose one from the list.

# Error of the field for the cost of a call.
explain_form-cost_wrong = Write a whole number from 0 to 1,000,000; most calls cost 1.


## forms

# Why a form that is not about keys was refused.
forms-forbidden = Your role does not allow this. Ask an owner of the account.

forms-not_found = This no longer exists. It may have been deleted; reload the page.


## frame

# Link to the main content, for keyboards.
frame-skip_to_content = Skip to content

# Menu item, and name of the side menu.
frame-settings = Settings

# Menu item that ends the session.
frame-sign_out = Sign out

# Name of the list of accounts.
frame-accounts = Accounts

# Side menu group of credentials for programs.
frame-connections = Connections

# Link to the list of keys.
frame-api_keys = API Keys

# Side menu group of the account.
frame-account = Account

# Link to the sub-accounts.
frame-sub_accounts = Sub-accounts

# Link to the members.
frame-members = Members

# Link to the audit log.
frame-activity = Activity

# Link to the member's own security settings.
frame-security = Security

# Heading of a page whose data cannot be read.
frame-page_unavailable = This page cannot be shown

# Link that loads the page again.
frame-try_again = Try again

# Heading of the 404 page.
frame-not_found = Page not found

# What may be wrong.
frame-not_found_advice = The address may be mistyped, or the page has moved.

# Link to the list of keys.
frame-go_to_keys = Go to API Keys

# The document's title.
frame-document_title = { $page } · { $product }

# What search engines and shared links show of the console.
frame-description = { $product }: create, restrict, rotate and delete the API keys of your account.

# Name of the group of languages in the profile menu.
frame-language = Language

# Choice in that group.
frame-language_of_browser = Browser's language

# Name of the button that opens the list of accounts.
frame-account_button = Account: { $name }

# Banner while a sub-account is open.
frame-is_sub_account = This is a sub-account of { $of }.

# Button of that banner.
frame-back_to_account = Back to { $name }


## history

# Entries of a key's history. $who is an email, or `operator` or `keyhatch` for what was done on the server.
history-created = { $who } created this key as “{ $name }”.

# $changes are one or more of the texts below, with semicolons between.
history-updated = { $who } updated { $changes }.

history-saved = { $who } saved this key without changes.

# $from and $to are values, or words such as `any address` below.
history-change = { $field ->
    [name] the name from “{ $from }” to “{ $to }”
    [whitelist] the IP whitelist from { $from } to { $to }
    [privileges] the privileges from { $from } to { $to }
    [limits] the limits from { $from } to { $to }
   *[expires_at] the expiry from { $from } to { $to }
 }

# An empty whitelist.
history-any_address = any address

# All privileges.
history-all = all

# No privileges, or no limits.
history-none = none

# No expiry.
history-never = never

history-rotated = { $who } rotated this key; the old key stopped working at once.

# $until is a date and time.
history-rotated_until = { $who } rotated this key; the old key works until { $until }.

history-overlap_ended = { $who } ended the old key.

history-disabled = { $who } disabled this key.

history-enabled = { $who } enabled this key.

history-deleted = { $who } deleted this key.

# $reason is what that member wrote.
history-deleted_because = { $who } deleted this key: { $reason }

history-deleted_again = An older database was restored; this key was deleted again.

history-retired_again = An older database was restored; this key’s old secret was retired again.

# An act that this version does not know, by its name in the database.
history-other = { $who }: { $action }


## key_details

# Title of the document.
key_details-title = API key
key_details-cannot_be_shown = The key cannot be shown
key_details-back_to_list = Back to API Keys
key_details-back = ← API Keys
key_details-edit = Edit Key
key_details-rotate = Rotate Key
key_details-disable = Disable Key
key_details-enable = Enable Key
key_details-delete = Delete Key
key_details-test = Test this key
key_details-copy = Copy
key_details-about = About this key
key_details-danger = Danger zone
key_details-disable_hint = Requests with this key will fail immediately, until you enable it again.
key_details-enable_hint = Requests with this key are refused until you enable it.
key_details-delete_hint = Requests with this key will fail immediately. This cannot be undone.
key_details-old_key = Old key
key_details-old_key_not_used = The old key has not been used since the rotation.
key_details-old_key_used_from = It was used from:
key_details-end_old_key = End old key now
key_details-how_to_send = How to send it
key_details-history = History
key_details-older = Older
key_details-never_used = Never used
key_details-keep_in_variable = Keep the key in an environment variable, here { $variable }, and send it with every call.

# The accessible name of a sample.
key_details-example_in = Example in { $language }

# The summary of a folded list.
key_details-more_entries = { $count } more

# Where an entry of the history came from.
key_details-from_address = , from { $address }

# Accessible name of the button that copies the key's id.
key_details-copy_id = Copy Id

# Accessible name of the button that copies a sample.
key_details-copy_example_in = Copy Example in { $language }

# The last use, beside the name; $ago is a time such as `3 days ago`.
key_details-used_from = Used { $ago } from { $address }

key_details-used_from_unknown = Used { $ago } from an unknown address

# An address that still uses the old key, in a list.
key_details-old_key_used_by = { $address }, last { $ago }

key_details-old_key_used_by_unknown = an unknown address, last { $ago }

# $at is a date and time.
key_details-old_key_works_until = The old key works until { $at }.

# $limit is a limit such as `600 calls per minute`, $left a number.
key_details-limit_left = { $limit }: { $left } left

# $at is a date and time.
key_details-limit_left_until = { $limit }: { $left } left, resets { $at }


## key_properties

# Badges beside the key's name.
key_properties-live = Live

key_properties-sandbox = Sandbox

# $date is a date.
key_properties-deleted_on = Deleted { $date }

key_properties-disabled = Disabled

key_properties-expired = Expired

# "Rotate Key" is the button of that name.
key_properties-needs_rotation = Needs Rotate Key: its secret was retired

# Labels of the properties below.
key_properties-key = Key

key_properties-id = Id

key_properties-state = State

key_properties-whitelist = IP whitelist

key_properties-privileges = Privileges

key_properties-limits = Limits

key_properties-expires = Expires

key_properties-created = Created

key_properties-updated = Updated

key_properties-last_used = Last used

# Why the key was deleted.
key_properties-reason = Reason

# The whitelist is empty.
key_properties-any_address = Any address

# There are no limits.
key_properties-none = None

# Of an expiry or a last use.
key_properties-never = Never

# When the key was created or updated, and by whom: an email, or `operator` for the server's command line.
key_properties-at_by = { $at }, by { $member }

# The last use. $at is a date and time.
key_properties-used_from = { $at }, from { $address }

key_properties-used_from_unknown = { $at }, from an unknown address

# The state of the key.
key_properties-state_deleted = Deleted on { $at }, by { $member }

key_properties-state_disabled = Disabled: every call is refused

key_properties-state_expired = Expired: every call is refused

key_properties-state_retired = Its secret was retired by a rotation that this database, restored from a backup, does not contain. Rotate the key.

key_properties-state_active = Active


## keys_page

keys_page-cannot_be_shown = The keys cannot be shown
keys_page-try_again = Try again


## list

# Heading of the page.
list-title = API Keys

# Below the heading.
list-introduction = Give each program its own key, with only the privileges and networks it needs.

# Link to the form of a new key.
list-add_key = Add Key

# Heading of a list without any key.
list-no_keys_yet = No keys yet

# Explains keys in an account without any.
list-what_a_key_is = A program sends a key with each API call to show which account it acts for. You choose what the key may do and from which addresses. It is shown once, and you can edit or delete it here at any time.

# Accessible name of the search field.
list-search = Search keys

# What can be searched for.
list-search_hint = Search by name or last characters

# Button that opens the filters on a small screen, and their heading.
list-filters = Filters

# Button that applies the filters.
list-show_keys = Show keys

# Link that removes all filters from the form.
list-clear = Clear

# Closes what is open.
list-close = Close

# Name of the filter by environment.
list-environment = Environment

# Name of the filter by status.
list-status = Status

# Name of the choice of order.
list-sort_by = Sort by

# A filter that shows everything.
list-all = All

# The live environment.
list-live = Live

# The sandbox environment.
list-sandbox = Sandbox

# The status of a disabled key.
list-disabled = Disabled

# The status of a key whose time has ended.
list-expired = Expired

# The status of a deleted key.
list-deleted = Deleted

# Accessible name of the table.
list-table = API keys

# Column of names.
list-name = Name

# Column of prefixes and last characters.
list-key = Key

# Column of privileges.
list-privileges = Privileges

# Column of whitelists.
list-whitelist = Whitelist

# Column of last uses.
list-last_used = Last used

# Column of creation dates.
list-created = Created

# Column of expiries, shown in place of the creation dates while the list is sorted by it.
list-expires = Expires

# Column of menus.
list-actions = Actions

# On a small screen, before how long ago a key was used, with the space between.
list-used = Used{" "}

# On a small screen, of a key that was never used.
list-never_used = Never used

# In a column of times: there is none.
list-never = Never

# Second line of a key without a working secret.
list-needs_rotation = Secret retired: rotate this key

# Menu item that edits a key.
list-edit_key = Edit Key

# Menu item that rotates a key.
list-rotate_key = Rotate Key

# Menu item that disables a key.
list-disable_key = Disable Key

# Menu item that enables a key.
list-enable_key = Enable Key

# Menu item that tests a key.
list-test_key = Test this key

# Menu item that ends a key's old secret.
list-end_old_key = End old key now

# Menu item that deletes a key.
list-delete_key = Delete Key

# Check box in the table's head.
list-select_all = Select all on this page

# Shows the check boxes on a small screen.
list-select = Select

# Button of the bulk bar.
list-disable = Disable

# Button of the bulk bar.
list-enable = Enable

# Button of the bulk bar.
list-delete = Delete…

# Button that ends the selection.
list-clear_selection = Clear the selection

# Link that adds keys to the list.
list-load_more = Load more

# Link to the keys that no longer fit on this page.
list-next_page = Next page

# Link back to the start of the list.
list-first_page = First page

# Link that removes search and filters.
list-show_all = Show all keys

# Heading of the list of shortcuts, and the button that opens it.
list-shortcuts = Keyboard shortcuts

# What `/` does.
list-shortcut_search = Search

# What `?` does.
list-shortcut_help = Show this list

# No key matches the filters.
list-no_match = No keys match these filters.

# How many keys the account has, beside the heading.
list-keys_of_limit = { $total } of { $limit } keys

# How many keys match search and filters.
list-matching = { $matching } of { $total }

# How many deleted keys there are, which are not among the account's keys.
list-deleted_count = { $count } deleted

# How many keys this page shows.
list-shown = { $shown } of { $matching } shown

# No key matches the search.
list-no_match_for = No keys match "{ $search }".

# Accessible name of a key's menu and of the button that opens it.
list-actions_for = Actions for { $name }

# Accessible name of a key's check box.
list-select_key = Select { $name }

# Tag of a deleted key.
list-deleted_on = Deleted { $date }

# Tag of an expired key.
list-expired_on = Expired { $date }

# Second line of a key that expires soon.
list-expires_in = Expires in { $duration }

# Second line of a rotated key.
list-old_key_until = Old key works until { $time }

# On hover, the exact time and address of the last use.
list-used_from_address = { $time } from { $address }

list-used_from_unknown = { $time } from an unknown address


## list_islands

# Accessible name of the bulk bar, and its text until the keys are counted.
list_islands-selected_keys = Selected keys

# In the bulk bar.
list_islands-selected = { $count } selected

# Check box that switches the shortcuts on and off, for people whose speech input types such keys by accident.
list_islands-use_shortcuts = Use these shortcuts in this browser


## mail

# Subject of an invitation.
mail-invitation_subject = Join { $account } on { $product }

# Text of an invitation.
mail-invitation =
    You are invited to { $account } on { $product }.

    Open this link to choose a password and join. It works once, for 7 days:

    { $link }

    If you did not expect this, ignore it: nothing happens unless the link is opened.

# Subject of a link for a new password.
mail-reset_subject = Choose a new password for { $product }

# Text of a link for a new password.
mail-reset =
    Someone, probably you, asked for a new password for { $email } on { $product }.

    Open this link to choose one. It works once, for one hour:

    { $link }

    If it was not you, ignore this mail: your password stays as it is.

# Subject of the message that a password was changed.
mail-password_changed_subject = Your password for { $product } was changed

# Text of the message that a password was changed; `at` is a date and time, `link` leads to the page for a lost password.
mail-password_changed =
    The password of { $email } on { $product } was changed with a one-time link on { $at }. Every session has ended.

    If it was not you, choose a new one at once:

    { $link }

    Then tell an owner of your account.


## members

members-title = Members
members-cancel = Cancel
members-close = Close
members-role_updated = The role was changed. It applies from the member's next request.
members-member_deleted = The member was deleted and signed out everywhere. Keys they created keep working.
members-invitation_deleted = The invitation was deleted. Its link no longer works.
members-codes_required = Two-factor codes are now required.
members-codes_planned = The date was saved. Members without two-factor codes see a note until then.
members-codes_optional = Two-factor codes are optional.
members-email = Email
members-role = Role
members-last_signed_in = Last signed in

# Column of a narrow table.
members-codes = Codes
members-two_factor = Two-factor codes
members-actions = Actions
members-you = You
members-never = Never
members-change = Change
members-delete = Delete
members-reset_password = Reset password
members-invited = Invited
members-link = Link
members-invite_title = Invite a member
members-invite = Invite
members-invite_email_hint = They sign in with it.
members-role_hint = Viewers only look, admins manage keys and members, owners manage everything.
members-invitation_terms = It works once, for 7 days. You won't be able to see it again, so copy it now.
members-invitation_link = Invitation link
members-reset_link = Password link
members-delete_title = Delete member
members-delete_consequence = They are signed out everywhere and can no longer open this account. Keys they created keep working.
members-delete_own_consequence = This is you: you will be signed out at once and can no longer open this account.
members-delete_invitation_title = Delete invitation
members-reset_title = Reset password
members-reset_consequence = It works once, for one hour. Until it is used, nothing changes; then they are signed out everywhere. Two-factor codes stay as they are.
members-reset_care = Anyone who opens the link can set the password, so send it privately.
members-make_link = Make link
members-role_title = Change role
members-owner_loses = This takes away owner rights. Only another owner can give them back.
members-join_title = Join the account
members-join_email_hint = You sign in with it.
members-password = Password
members-join = Join
members-invitation_closed_title = This invitation cannot be used
members-go_to_sign_in = Go to sign in

# Below the heading.
members-lead = Everyone who can sign in to { $account }, each with their own email.

# Below the email; `ago` is a time such as `3 days ago`.
members-joined = Joined { $ago }

# Accessible name of a role's select box.
members-role_of = Role of { $email }

# Accessible name of the button beside it.
members-change_role_of = Change the role of { $email }

# Accessible name of a member's or an invitation's link.
members-delete_member = Delete { $email }

# Accessible name of a member's link.
members-reset_password_of = Reset password of { $email }

# `at` is a date and time.
members-link_works_until = Link works until { $at }

# Accessible name of an invitation's link.
members-delete_invitation = Delete the invitation of { $email }

# Heading of a new invitation.
members-is_invited = { $email } is invited

# Heading of a new link to reset a password.
members-can_reset = A link for { $email }

# What to do with it; `until` is a date and time.
members-hand_over_reset = Give { $email } this link to choose a new password. It works once, until { $until }. You won't be able to see it again, so copy it now.

members-delete_question = Delete { $email }?

members-delete_invitation_question = Delete the invitation of { $email }? Its link will stop working.

members-reset_question = Make a link with which { $email } can choose a new password?

# $role is owner, admin or viewer, as in all texts of this section.
members-role_question_to = Make { $email } { $role ->
    [owner] an owner
    [admin] an admin
   *[viewer] a viewer
 }?

members-join_lead_to = You are invited to { $account } as { $role ->
    [owner] an owner
    [admin] an admin
   *[viewer] a viewer
 }. Choose a password to join.

# $whose is own if the reader is the member, else other.
members-role_now_is = { $whose ->
    [own] You
   *[other] They
 } are { $role ->
    [owner] an owner
    [admin] an admin
   *[viewer] a viewer
 } now.

# Heading of a list: members-owner_keys and so on.
members-role_can_do = { $role ->
    [owner] An owner can
    [admin] An admin can
   *[viewer] A viewer can
 }

members-role_cannot_do = { $role ->
    [owner] An owner cannot
    [admin] An admin cannot
   *[viewer] A viewer cannot
 }

# Whether a member uses two-factor codes.
members-codes_on = On

members-codes_off = Off

# Above the link of a new invitation.
members-invitation_mailed = We mailed it to { $email }. You can also give them this link yourself.

members-invitation_not_mailed = The mail to { $email } could not be sent. Give them this link yourself.

members-hand_over_invitation_to = Give { $email } this link.

# A member makes themselves a viewer.
members-own_role_viewer = This is your own role. You will no longer be able to change anything on this page, not even to undo this.

# A member gives up being an owner.
members-own_role_other = This is your own role. You will lose owner rights at once, and only another owner can give them back.

# What a role can or cannot do, each in a list below its heading.
members-owner_keys = do everything with keys, sub-accounts and members

members-owner_owners = make and remove owners

members-owner_codes = require two-factor codes

members-owner_passwords = reset the passwords of members

members-admin_keys = create, edit, rotate, disable and delete keys

members-admin_sub_accounts = manage sub-accounts

members-admin_members = invite, change and delete admins and viewers

members-admin_no_owners = make, change or delete owners

members-viewer_see = see keys, members and activity

members-viewer_test = test keys

members-viewer_no_keys = create or change keys

members-viewer_no_sub_accounts = see or open sub-accounts

members-viewer_no_members = invite or change members


## notices

notices-undo = Undo
notices-close = Close this message

# What was done to one key.
notices-created = Created { $name }.

notices-already_created = { $name } was created already, and its key was shown then. If you did not save it, rotate the key.

notices-updated = Updated { $name }.

notices-restored = Undid the update of { $name }.

notices-not_restored = { $name } was changed again meanwhile, so the update was not undone.

notices-rotated = Rotated { $name }.

notices-not_rotated = { $name } was changed meanwhile, so it was not rotated. If it should be, rotate it now.

notices-overlap_ended = Ended the old key of { $name }.

notices-disabled = Disabled { $name }.

notices-enabled = Enabled { $name }.

notices-deleted = Deleted { $name }.

notices-nothing_to_do = { $name } needed no change.

# What was done to two keys or more.
notices-disabled_keys = Disabled { $count } keys.

notices-enabled_keys = Enabled { $count } keys.

notices-deleted_keys = Deleted { $count } keys.

notices-nothing_to_do_for_keys = { $count } keys needed no change.


## password_reset

# Link on the sign-in page.
password_reset-forgot = Forgot password?
password_reset-forgot_title = Forgot your password?
password_reset-forgot_lead = Enter the email address you sign in with, and we will send you a link to choose a new password.
password_reset-email = Email
password_reset-send_link = Send link
password_reset-back_to_sign_in = Back to sign in
password_reset-sent_title = Check your email
password_reset-sent = If there is a member with that address, a link is on its way. It works once, for one hour.
password_reset-sent_nothing = Nothing there after a few minutes? Look in your spam folder, or ask an owner of your account: they can make a one-time link for you under Members.

# Without a mail server.
password_reset-ask_owner = Ask an owner of your account: they can make a one-time link for you under Members. With it you choose a new password.
password_reset-ask_operator = If you are the only owner, ask the administrator of this server, who can reset it on the command line.
password_reset-reset_title = Choose a new password
password_reset-reset_lead = You will be signed out everywhere. Two-factor codes stay as they are.
password_reset-new_password = New password
password_reset-password_hint = At least 12 characters. A few words are easier to remember than symbols.
password_reset-change_password = Change password
password_reset-done_title = Your password was changed
password_reset-done = You are signed out everywhere. Sign in with your new password.
password_reset-sign_in = Sign in
password_reset-closed_title = This link does not work
password_reset-closed_hint = Each link works once, for one hour.
password_reset-get_new_link = Get a new link


## reveal

reveal-created = API key created
reveal-rotated = API key rotated
reveal-key = API key
reveal-copy = Copy
reveal-copied = Copied
reveal-copied_status = The key is on the clipboard.
reveal-copy_failed = The browser refused to copy. The key is selected: press Ctrl+C (on a Mac ⌘C).
reveal-pdf = Download PDF
reveal-pdf_hint = with its name, whitelist, privileges and limits
reveal-env = Keep it in your .env file
reveal-copy_env = Copy .env line
reveal-first_call = Make the first call
reveal-language = Language
reveal-copy_call = Copy call
reveal-saved = I have saved this key
reveal-done = Done
reveal-old_key_ended = The old key no longer works.
reveal-waiting = Waiting for the first call…

# The accessible name of a sample.
reveal-example_in = Example in { $language }
reveal-allow = Allow { $address }

# $name is the key's.
reveal-save_now = { $name } is ready. Save the key now: you won't be able to see it again.

# $at is a date and time.
reveal-old_key_works_until = The old key works until { $at }.

reveal-call_allowed = ✓ First call allowed.

reveal-call_allowed_from = ✓ First call allowed, from { $address }.

# $code is a word of the interface, such as EXPIRED.
reveal-call_refused = First call refused: { $code }.

reveal-call_refused_from = First call refused: { $code }, from { $address }.


## security

security-title = Security
security-password_changed = Your password was changed. You are signed out everywhere else.
security-codes_disabled = Two-factor codes are disabled. Signing in takes only your password.
security-session_ended = The session was ended.
security-other_sessions_ended = You are signed out everywhere else.
security-must_set_up = Your account requires two-factor codes. Set them up below; until then you cannot open anything else.
security-password = Password
security-current_password = Current password
security-new_password = New password
security-new_password_hint = At least 12 characters. A few words are easier to remember than symbols. You will be signed out everywhere else.
security-change_password = Change password
security-your_password = Your password
security-recovery_codes = Your recovery codes
security-recovery_codes_lead = Write them down or print this page: you won't be able to see them again. Each signs you in once, in place of a code from your app. Earlier recovery codes no longer work.
security-two_factor = Two-factor codes
security-on = On
security-off = Off
security-two_factor_lead = With two-factor codes, signing in takes your password and a code from an app on your phone, such as Aegis, 1Password or Google Authenticator. A stolen password alone is not enough.
security-set_up = Set up two-factor codes
security-scan = Scan this with your app, then enter the code it shows.
security-qr_code = QR code for your app
security-or_enter_secret = Or enter this secret in your app
security-code = Code
security-app_code_hint = Six digits from your app.
security-enable = Enable
security-required = Your account requires two-factor codes, so you cannot disable them.
security-new_recovery_codes = New recovery codes
security-new_recovery_codes_hint = Six digits from your app. Your current recovery codes will stop working.
security-create_recovery_codes = Create new codes
security-disable_title = Disable two-factor codes
security-any_code_hint = Six digits from your app, or a recovery code.
security-disable = Disable
security-sessions = Where you are signed in
security-end_others = Sign out everywhere else
security-address = Address
security-address_unknown = Unknown
security-signed_in = Signed in
security-last_used = Last used
security-actions = Actions
security-this_session = This session
security-end = End

# Below the heading.
security-lead = How you ({ $email }) sign in, and where you are signed in.

# Accessible name of a session's button; `at` is a date and time.
security-end_session = End the session from { $address }, signed in { $at }

# Since when two-factor codes are enabled; $day is a date, $left counts unused recovery codes.
security-on_since = Enabled since { $day }. { $left ->
    [0] You have no recovery codes left.
    [one] You have 1 recovery code left.
   *[other] You have { $left } recovery codes left.
 }


## sub_accounts

sub_accounts-title = Sub-accounts
sub_accounts-created = The sub-account was created. It has no keys yet: open it and add one.
sub_accounts-renamed = The sub-account was renamed.
sub_accounts-deleted = The sub-account was deleted. Its keys no longer work, and its members are signed out.
sub_accounts-none_yet = No sub-accounts yet. Create one for each customer, branch or project whose keys you want to keep apart. Their keys do not count towards this account's limit.
sub_accounts-none_possible = There are no sub-accounts below this one, and none can be created here.
sub_accounts-name = Name
sub_accounts-keys = Keys
sub_accounts-created_on = Created
sub_accounts-actions = Actions
sub_accounts-show_older = Show older ones
sub_accounts-open = Open
sub_accounts-rename = Rename
sub_accounts-delete = Delete
sub_accounts-add_title = Add a sub-account
sub_accounts-name_hint = For example a customer, a branch or a project.
sub_accounts-add = Add sub-account
sub_accounts-rename_title = Rename sub-account
sub_accounts-delete_title = Delete sub-account

# Below the heading.
sub_accounts-lead = Accounts below { $account }, each with its own keys and members. They cannot see { $account } or each other.

# Accessible name of a row's button: open, rename or delete as above, and the account's name.
sub_accounts-act_on = { $act } { $name }

sub_accounts-delete_question = Delete { $account }?

# How many keys an account has.
sub_accounts-count_of_keys = { $count ->
    [one] 1 key
   *[other] { $count } keys
 }

# What deleting an account with so many keys does.
sub_accounts-delete_consequence = { $keys ->
    [0] It has no keys.
    [one] Its key is deleted, and requests with it will fail immediately.
   *[other] Its { $keys } keys are deleted, and requests with them will fail immediately.
 } Its members and the accounts below it are deleted as well. This cannot be undone.


## two_factor

two_factor-set_up_now = Set them up now
two_factor-rule_title = Two-factor codes
two_factor-rule_optional = Each member chooses whether to use two-factor codes.
two_factor-rule_required = Every member must use two-factor codes.
two_factor-require = Require codes
two_factor-change_date = Change the date
two_factor-cancel_plan = Do not require them
two_factor-make_optional = Make codes optional
two_factor-dialog_title = Require two-factor codes
two_factor-consequence = Once codes are required, a member without them can do nothing in the console until they have set them up.
two_factor-own_consequence = That includes you: you have no codes yet.
two_factor-keys_consequence = API keys are not affected.
two_factor-start = Required
two_factor-start_now = Now
two_factor-start_date = From a date
two_factor-date = First day

# The notice for a member without codes; `day` is a date.
two_factor-notice = Your account requires two-factor codes from { $day }. From then on you can open nothing else until you set them up.

# The rule before its day.
two_factor-rule_planned = Required from { $day }

# `first` and `last` are dates.
two_factor-date_hint = From midnight UTC, between { $first } and { $last }. Until then, members without codes see a note on every page.

# Who has two-factor codes.
two_factor-everyone_has_codes = Every member already has two-factor codes.

# $named are the emails of members without codes, with commas between.
two_factor-lacking_codes = { $count } of { $total } { $total ->
    [one] member
   *[other] members
 } { $count ->
    [one] has
   *[other] have
 } no codes yet: { $named }.

# As before, and how many more there are; at least 6 members are without codes.
two_factor-lacking_codes_and_more = { $count } of { $total } members have no codes yet: { $named } and { $more } more.
